// The shapes of /api/v1, as the console reads them.
export type Status = 'new' | 'open' | 'pending' | 'on_hold' | 'solved' | 'closed';
export type View = 'inbox' | 'mine' | 'unassigned' | 'pending' | 'on_hold' | 'solved' | 'all';
export type Responder = 'rules' | 'learner' | 'crowd' | 'agent';
export type Mode = 'off' | 'shadow' | 'suggest' | 'auto';
export type Role = 'admin' | 'agent' | 'viewer';
export type Action = 'auto' | 'suggest' | 'crowd' | 'agent';
export type Channel = 'form' | 'mail' | 'api' | 'desk' | 'import';
export type Arm = 'rollout' | 'holdout' | 'waiting' | 'blind' | 'shadow' | 'off';
export type Delivery = 'waiting' | 'sent' | 'mailbox' | 'held' | 'withdrawn' | 'dead';
export type MailKind = 'reply' | 'automatic' | 'survey' | 'confirmation' | 'invitation' | 'test';
export type Resolution = 'confirmed' | 'silent' | 'failed';

export type Page<T> = { items: T[]; next?: string | null };
export type Ref = { id: string; name: string };
export type AnswerRef = { id: string; title: string };

export type Session = {
  user: { id: string; name: string; email: string; role: Role };
  company: { name: string; colour: string };
  setup: { has_model: boolean; has_answers: boolean; public_url_set: boolean; mail_ready: boolean };
  may_switch: boolean;
};

export type Counts = { views: Record<View, number>; mailbox: number; dead: number };

export type RowDecision = {
  action: Action;
  mode: Mode;
  arm: Arm;
  answer: AnswerRef | null;
  probability: number | null;
  threshold: number | null;
  blind?: boolean;
};

export type TicketRow = {
  number: number;
  subject: string | null;
  excerpt: string;
  status: Status;
  channel: Channel;
  requester: { id: string; name: string | null; email: string };
  category: Ref;
  language: string | null;
  assignee: Ref | null;
  created_at: number;
  updated_at: number;
  first_reply_at: number | null;
  solved_at: number | null;
  solved_by: Responder | null;
  resolution: Resolution | null;
  rating: 'good' | 'bad' | null;
  messages_count: number;
  decision: RowDecision | null;
};

export type Attachment = { id: string; name: string; media_type: string; size: number };

export type Message = {
  id: string;
  kind: 'public' | 'note';
  author: 'requester' | 'agent' | 'automatic';
  author_name: string;
  responder: Responder | null;
  body: string;
  html: string | null;
  answer: AnswerRef | null;
  created_at: number;
  attachments: Attachment[];
  delivery: { state: Delivery; error: string | null } | null;
};

export type Decision = RowDecision & {
  responder: Responder;
  model_version: number | null;
  reason: string;
  created_at: number;
};

export type Ticket = Omit<TicketRow, 'decision' | 'rating'> & {
  custom: Record<string, unknown> | null;
  messages: Message[];
  decision: Decision | null;
  rating: { value: 'good' | 'bad'; comment: string | null; at: number } | null;
  link: string | null;
};

export type Ranked = {
  answer: { id: string; title: string; sendable: boolean; body_preview: string };
  probability: number;
};

export type Reading = {
  state: 'ready' | 'none' | 'blind';
  language: { code: string; confidence: number } | null;
  model_version: number | null;
  score: number | null;
  threshold: number | null;
  novelty: number | null;
  ranked: Ranked[];
  why: { word: string; weight: number }[];
  similar: { number: number; subject: string; answer: AnswerRef | null; similarity: number }[];
};

export type HistoryItem = { id: string; at: number; kind: string; actor: string; text: string };

export type Hours = { zone: string; days: number[]; from: string; to: string };
export type Never = { words: string[]; requesters: string[]; attachments: boolean };

export type Policy = {
  mode: Mode;
  precision: number;
  confidence: number;
  rollout: number;
  holdout: number;
  blind: number;
  languages: string[];
  hours: Hours | null;
  never: Never;
  pooled: boolean;
  changed_at: number | null;
  changed_by: string | null;
  reason: string | null;
  effective: Mode;
  effective_why: string;
};

export type PolicyChange = Partial<
  Omit<Policy, 'pooled' | 'changed_at' | 'changed_by' | 'effective' | 'effective_why'>
>;

export type Certificate = {
  id: string;
  scope: 'category' | 'pooled';
  target: number;
  confidence: number;
  threshold: number;
  total: number;
  answered: number;
  errors: number;
  unknown_share: number;
  model_version: number;
  created_at: number;
  lapses_at: number;
};

export type Category = {
  id: string;
  name: string;
  parent: Ref | null;
  tickets_30d: number;
  open: number;
  policy: Policy;
  certificate: Certificate | null;
  certificate_text: string | null;
  need: { more: number; why: string } | null;
  automation: { confirmed: number; silent: number; failed: number; total: number };
};

export type Answer = {
  id: string;
  key: string | null;
  title: string;
  category: Ref | null;
  body: string;
  sendable: boolean;
  published: boolean;
  languages: string[];
  archived: boolean;
  interchangeable_with: string[];
  used_30d: number;
  updated_at: number;
  variants?: { language: string; body: string }[];
};

export type AnswerChange = {
  title?: string;
  body?: string | null;
  category?: string | null;
  published?: boolean;
  archived?: boolean;
  variants?: { language: string; body: string }[];
};

export type ImportResult = {
  created: number;
  updated: number;
  errors: { line: number; message: string }[];
};

export type Rule = {
  id: string;
  name: string;
  position: number;
  active: boolean;
  conditions: {
    categories: string[];
    words: string[];
    languages: string[];
    requesters: string[];
    hours: Hours | null;
  };
  answer: AnswerRef;
};

export type RuleChange = Partial<Omit<Rule, 'id' | 'answer'>> & { answer?: string };

export type ModelVersion = {
  version: number;
  state: string;
  created_at: number;
  in_use_at: number | null;
  bytes: number;
  summary: {
    train_size?: number;
    labels?: number;
    accuracy?: number;
    macro_f1?: number;
    ece?: number;
  } | null;
};

export type Models = {
  in_use: number | null;
  training: { phase: string; progress: number } | null;
  items: ModelVersion[];
};

export type ResponderMetrics = {
  responder: Responder;
  answered: number;
  confirmed: number;
  silent: number;
  failed: number;
  surveys: number;
  good: number;
  bad: number;
  response_rate: Share;
  csat: Share;
};

/** `count` of `of`, with its interval; no rate when nothing was counted. */
export type Share = { count: number; of: number; rate: number | null; low: number; high: number };

export type Spread = { n: number; median_ms: number | null; p90_ms: number | null };

export type SeriesPoint = {
  from: number;
  tickets: number;
  automation_low: number;
  automation_high: number;
  by_responder: Partial<Record<Responder, number>>;
  good: number;
  bad: number;
  first_reply: Spread;
};

export type CategoryMetrics = {
  id: string;
  name: string;
  tickets: number;
  automation_low: number;
  automation_high: number;
  good: number;
  bad: number;
  first_reply: Spread;
};

export type Metrics = {
  from: number;
  to: number;
  period: 'day' | 'week' | 'month';
  tickets: number;
  automation: {
    tickets: number;
    confirmed: number;
    silent: number;
    failed: number;
    undecided: number;
    agent: number;
    open: number;
    low: number;
    high: number;
  };
  responders: ResponderMetrics[];
  first_reply: Spread;
  resolution: Spread;
  series: SeriesPoint[];
  categories: CategoryMetrics[];
  flags: { at: number; kind: string; text: string }[];
};

export type Smtp = {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string | null;
  password_set: boolean;
};

export type Settings = {
  company_name: string;
  colour: string;
  public_url: string | null;
  reply_address: string | null;
  from_name: string | null;
  time_zone: string;
  survey_after_ms: number;
  silent_after_ms: number;
  blind_share: number;
  who_may_switch: 'admin' | 'agent';
  categories_on_form: boolean;
  smtp: Smtp | null;
  trusted_proxies: string[];
};

export type SettingsChange = Partial<Omit<Settings, 'smtp'>> & {
  smtp?: (Omit<Smtp, 'password_set'> & { password?: string }) | null;
};

export type User = {
  id: string;
  name: string;
  email: string;
  role: Role;
  active: boolean;
  created_at: number;
  last_seen_at: number | null;
};

export type Invitation = {
  id: string;
  email: string;
  name?: string | null;
  role: Role;
  link?: string;
  expires_at: number;
  mailed?: boolean;
};

export type Token = {
  id: string;
  name: string;
  role: Role;
  created_at?: number;
  last_used_at?: number | null;
  token?: string;
};

export type Mail = {
  id: string;
  kind: MailKind;
  to: string;
  subject: string;
  state: Delivery;
  error: string | null;
  attempts: number;
  created_at: number;
  sent_at: number | null;
  ticket_number: number | null;
};

export type MailDetail = Mail & {
  text: string;
  headers: [name: string, value: string][];
  message_id: string;
};

export type DeadJob = {
  id: string;
  kind: string;
  error: string | null;
  attempts: number;
  created_at: number;
  dead_at: number | null;
};

export type AuditItem = {
  id: string;
  at: number;
  kind: string;
  actor: { kind: string; name: string };
  ticket_number: number | null;
  text: string;
};

export type LiveEvent = { id: string | number; kind: string; ticket: number | null };
