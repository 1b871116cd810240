// The shapes of /api/v1 under the names the console uses; what they hold is generated from the server's description.
import type { components } from './schema';

type Schemas = components['schemas'];
/** A change is given in part; what is left out stays. */
type Sent<T> = Partial<T>;

export type Status = Schemas['Status'];
export type View = Schemas['View'];
export type Responder = Schemas['Responder'];
export type Mode = Schemas['Mode'];
export type Role = Schemas['Role'];
export type Action = Schemas['Action'];
export type Channel = Schemas['Channel'];
export type Arm = Schemas['Arm'];
export type Delivery = Schemas['Delivery'];
export type MailKind = Schemas['MailKind'];
export type Resolution = Schemas['Resolution'];

export type Page<T> = { items: T[]; next: string | null };
export type Ref = Schemas['CategoryRef'];
export type AnswerRef = Schemas['AnswerTitle'];

/** The console is always a person's, never a token's. */
export type Session = Omit<Schemas['SessionView'], 'user'> & { user: Schemas['SessionUser'] };
export type Counts = Schemas['CountsView'];

export type TicketRow = Schemas['TicketRow'];
export type Attachment = Schemas['AttachmentView'];
export type Message = Schemas['MessageView'];
export type Decision = Schemas['DecisionView'];
export type Ticket = Schemas['TicketView'];
export type Ranked = Schemas['RankedView'];
export type Reading = Schemas['ReadingView'];
export type HistoryItem = Schemas['HistoryEntry'];

export type Hours = Schemas['Hours'];
export type Never = Schemas['Never'];
export type Policy = Schemas['Policy'];
/** Whether the shared certificate speaks for it follows from what is switched. */
export type PolicyChange = Sent<
  Omit<Pick<Policy, keyof Policy & keyof Schemas['PolicyChange']>, 'pooled'>
>;
export type Certificate = Schemas['Certificate'];
export type Category = Schemas['CategoryItem'];
/** A category after a switch, and what the switch withdrew. */
export type Switched = Schemas['Switched'];
export type Recall = Schemas['Recall'];
export type PolicyVersion = Schemas['PolicyVersion'];
export type Difference = Schemas['Difference'];

export type Answer = Schemas['AnswerItem'];
export type AnswerChange = Sent<Schemas['AnswerBody']>;
export type ImportResult = Schemas['Imported'];
export type ReviewTask = Schemas['ReviewTask'];
export type ReviewProgress = Schemas['ReviewProgress'];
export type Reviewed = Schemas['Reviewed'];
export type Guardrail = Schemas['Guardrail'];
export type Drift = Schemas['DriftItem'];
export type AnswerStanding = Schemas['AnswerStanding'];
export type AnswerSuggestions = Schemas['Suggestions'];
export type LabelCounts = Schemas['LabelCounts'];
export type LabelledTicket = Schemas['LabelledItem'];
export type Mend = Schemas['MendItem'];
export type NewMend = Schemas['NewMend'];
export type Experiment = Schemas['ExperimentItem'];
export type ExperimentDetail = Schemas['ExperimentView'];
export type ExperimentOutcome = Schemas['ExperimentOutcome'];
export type ExperimentKind = Schemas['ExperimentKind'];
export type ExperimentSubject = Schemas['Subject'];
export type NewExperiment = Schemas['NewExperimentBody'];
export type Estimate = Schemas['ExperimentEstimate'];
export type Side = Schemas['Side'];
export type Order = Schemas['Order'];
export type WrongAnswer = Schemas['WrongAnswer'];
export type Rule = Schemas['RuleItem'];
export type DryRun = Schemas['DryRunView'];
export type RuleChange = Sent<Schemas['RuleBody']>;

/** The figures of a model grow with the learner; these are the ones that are shown. */
type Figures = 'train_size' | 'labels' | 'accuracy' | 'macro_f1' | 'ece';
/** A category as the model before and this one answered it. */
export type ModelPart = {
  category: string;
  tickets: number;
  both_right: number;
  only_old: number;
  only_new: number;
  change: 'better' | 'worse' | 'same';
};
type Compared = {
  why?: string;
  compared_text?: string | null;
  compared?: { parts?: ModelPart[] } | null;
};
export type ModelVersion = Omit<Schemas['ModelItem'], 'summary'> & {
  summary: (Partial<Record<Figures, number>> & { kind?: string } & Compared) | null;
};
export type Models = Omit<Schemas['Models'], 'items'> & { items: ModelVersion[] };

export type ResponderMetrics = Schemas['ByResponder'];
/** `count` of `of`, with its interval; no rate when nothing was counted. */
export type Share = Schemas['Rate'];
export type Spread = Schemas['Times'];
export type SeriesPoint = Schemas['Bucket'];
export type GroupMetrics = Schemas['GroupNumbers'];
export type GoalPath = Schemas['GoalPath'];
export type Dimension = Schemas['Dimension'];
/** A number of the metrics, as the tickets behind it; the list's `counted`. */
export type Counted =
  | 'tickets'
  | 'live'
  | 'confirmed'
  | 'silent'
  | 'failed'
  | 'undecided'
  | 'agent'
  | 'open'
  | 'automatic'
  | 'surveyed'
  | 'rated'
  | 'good'
  | 'bad'
  | 'first_reply'
  | 'solved'
  | 'live_solved'
  | 'one_touch'
  | 'ever_solved'
  | 'recontact'
  | 'backlog'
  | 'solved_by_agents'
  | 'suggested'
  | 'suggestion_used'
  | 'reviewed'
  | 'reviewed_right';
export type RateOf = Schemas['Rate'];
export type Metrics = Schemas['Report'];
export type ReportMail = Schemas['ReportMail'];

export type Smtp = Schemas['SmtpView'];
export type Settings = Schemas['SettingsView'];
export type SettingsChange = Schemas['SettingsChange'];

export type User = Schemas['UserView'];
export type Invitation = Schemas['InvitationView'];
export type NewInvitation = Schemas['NewInvitationView'];
export type Token = Schemas['TokenView'];
export type NewToken = Schemas['NewTokenView'];

export type Mail = Schemas['MailRow'];
export type MailDetail = Schemas['MailView'];
export type DeadJob = Schemas['DeadJob'];
export type AuditItem = Schemas['AuditEntry'];
export type LiveEvent = Schemas['ChangeView'];

export type RoomRow = Schemas['RoomRow'];
export type Room = Schemas['Room'];
export type RoomWeek = Schemas['RoomWeek'];
export type WhatIf = Schemas['WhatIfView'];
export type CurveStep = Schemas['CurveStep'];
export type Example = Schemas['ExampleView'];
export type Examples = Schemas['Examples'];
export type Stack = Schemas['StackView'];
export type Layer = Schemas['LayerView'];
export type ReplayOutcome = Schemas['ReplayOutcome'];
export type Replay = Schemas['ReplayView'];
