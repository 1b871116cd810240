// The mock company: a site where people collect ideas on boards.
import type { Answer, Category, Mode, Rule, Session, Settings, User } from '../src/api/types';
import { day, hour, random } from './random.ts';

const r = random(7);
const now = Date.now();

export const users: User[] = [
  ['Amara Lindqvist', 'admin'],
  ['Jonas Okafor', 'agent'],
  ['Wilhelmina Papadopoulou-Castellanos', 'agent'],
  ['Ravi Marsh', 'viewer'],
].map(([name, role], index) => ({
  id: `usr_${index + 1}`,
  name: name as string,
  email: `${(name as string).split(' ')[0]?.toLowerCase()}@pinwall.example`,
  role: role as User['role'],
  active: true,
  team: index % 2 ? 'Night' : 'Day',
  created_at: now - 90 * day,
  last_seen_at: index === 3 ? null : now - index * 5 * hour,
}));

export const session: Session = {
  user: { id: 'usr_1', name: 'Amara Lindqvist', email: 'amara@pinwall.example', role: 'admin' },
  company: { name: 'Pinwall', colour: '#c2410c' },
  setup: { has_model: true, has_answers: true, public_url_set: true, mail_ready: false },
  role: 'admin',
  may_switch: true,
  now,
  simulated: null,
};

export const settings: Settings = {
  company_name: 'Pinwall',
  colour: '#c2410c',
  public_url: 'https://help.pinwall.example',
  reply_address: 'help@pinwall.example',
  from_name: 'Pinwall help',
  time_zone: 'Europe/Berlin',
  survey_after_ms: day,
  silent_after_ms: 7 * day,
  blind_share: 0.05,
  reviews_a_day: 15,
  train_when: 'enough',
  train_weekday: 7,
  train_hour: 3,
  who_may_switch: 'admin',
  categories_on_form: true,
  smtp: null,
  trusted_proxies: [],
  goal_automation: 0.5,
  goal_csat: 0.9,
  goal_first_reply_ms: 8 * 3_600_000,
  minutes_per_ticket: 5,
  minutes_per_mistake: 10,
  money_per_hour: 38,
  currency: 'EUR',
};

type Line = [name: string, tickets: number, mode: Mode, answered: number, errors: number];

const lines: Line[] = [
  ['Sign-in and passwords', 1843, 'auto', 1204, 28],
  ['Boards and sections', 1127, 'auto', 711, 14],
  ['Search and discovery', 806, 'suggest', 402, 9],
  ['Spam and fake accounts', 644, 'auto', 388, 6],
  ['Copyright and removal requests', 412, 'off', 0, 0],
  ['Ads and billing', 390, 'shadow', 0, 0],
  ['App crashes on Android tablets and foldable phones', 233, 'shadow', 0, 0],
  ['Notifications', 187, 'suggest', 0, 0],
  ['Uncategorised', 64, 'off', 0, 0],
];

export const categories: Category[] = lines.map(
  ([name, tickets, mode, answered, errors], index) => {
    const certified = answered > 0;
    const total = Math.round(answered * 1.35);
    const effective = mode === 'auto' && !certified ? 'suggest' : mode;
    return {
      id: `cat_${index + 1}`,
      name,
      parent: name.startsWith('App crashes') ? { id: 'cat_6', name: 'Ads and billing' } : null,
      tickets_30d: tickets,
      open: Math.round(tickets * 0.03),
      policy: {
        mode,
        precision: 0.95,
        confidence: 0.95,
        rollout: mode === 'auto' ? (index === 0 ? 1 : 0.25) : 0,
        holdout: 0.1,
        blind: 0.05,
        languages: index === 0 ? [] : ['en', 'de'],
        hours: null,
        order: 'rules_first' as const,
        never: {
          words: ['lawyer', 'police', 'hacked'],
          requesters: ['press@bigpaper.example'],
          attachments: true,
        },
        pooled: false,
        paused: false,
        changed_at: now - (index + 2) * day,
        changed_by: 'Amara Lindqvist',
        reason: mode === 'auto' ? 'Certificate passed; start small.' : null,
        effective,
        effective_why:
          effective === 'auto'
            ? 'The certificate holds and the model in use is the one it was made for.'
            : mode === 'off'
              ? 'Switched off.'
              : mode === 'shadow'
                ? 'In shadow nothing is shown or sent; decisions are only recorded.'
                : 'Suggestions are shown to agents; nothing is sent by itself.',
      },
      certificate: certified
        ? {
            id: `crt_${index}`,
            scope: 'category',
            target: 0.95,
            confidence: 0.95,
            threshold: [0.871, 0.902, 0.93, 0.845][index] ?? 0.9,
            total,
            answered,
            errors,
            unknown_share: 0.031,
            model_version: 12,
            created_at: now - 3 * day,
            lapses_at: now + 57 * day,
          }
        : null,
      certificate_text: certified
        ? `Of the last ${answered.toLocaleString('en')} tickets like these, ${(answered - errors).toLocaleString('en')} would have been answered as an agent answered them (${(((answered - errors) / answered) * 100).toFixed(1)}%). With 95% confidence, in the long run at least 95% will be (your target), as long as they stay like these.`
        : null,
      need: certified
        ? null
        : { more: 40 + index * 17, why: 'Too few tickets with a known right answer.' },
      automation:
        mode === 'auto'
          ? {
              confirmed: Math.round(tickets * 0.31),
              silent: Math.round(tickets * 0.2),
              failed: Math.round(tickets * 0.02),
              total: tickets,
            }
          : { confirmed: 0, silent: 0, failed: 0, total: 0 },
    };
  },
);

const titles: [string, number, string][] = [
  [
    'Reset your password',
    1,
    'Hi {{ requester.name | default: "there" }},\n\nyou can set a new password here: https://pinwall.example/reset. The link in the mail works for one hour; if it is older, ask for another.\n\nShould the mail not arrive within ten minutes, look in the spam folder and check that you wrote to us from the address of your account.',
  ],
  [
    'Signed out on every visit: cookies',
    1,
    'Hi {{ requester.name }},\n\nthis happens when the browser deletes cookies on closing. Please allow cookies for pinwall.example and sign in once more.',
  ],
  [
    'Account locked after too many tries',
    1,
    'The lock opens by itself after 30 minutes. Until then no password works, the right one neither.',
  ],
  [
    'Merge two boards',
    2,
    'Open the board that shall go, choose “More”, then “Merge into…”. Nothing is lost; doubled pins are kept once.',
  ],
  [
    'Bring back a deleted board',
    2,
    'Deleted boards stay in the bin for 30 days: Settings → Bin → Restore.',
  ],
  ['Why search does not find a new pin', 3, 'New pins appear in search within a day.'],
  [
    'Report a fake account',
    4,
    'Thank you for telling us. Please open the profile and choose “Report”; we look at each report within a day.',
  ],
  [
    'Removal request: what we need',
    5,
    'To act on a removal request we need the address of each pin and a statement that you hold the rights.',
  ],
  ['Invoice for ads', 6, 'Invoices are under Ads → Billing on the first of each month.'],
  [
    'App closes at start: clear its cache',
    7,
    'Please update to version 11.4 or later and clear the app’s cache once.',
  ],
  ['Turn off mail about new followers', 8, ''],
];

export const answers: Answer[] = titles.map(([title, category, body], index) => ({
  id: `ans_${index + 1}`,
  key: `a${index + 1}`,
  title,
  category: { id: `cat_${category}`, name: categories[category - 1]?.name ?? '' },
  body,
  sendable: body !== '',
  published: index % 3 !== 1 && body !== '',
  languages: index % 2 ? ['en'] : ['en', 'de', 'fr'],
  archived: false,
  interchangeable_with: [],
  used_30d: 20 + r.below(700),
  updated_at: now - r.below(60) * day,
  variants: index % 2 ? [] : [{ language: 'de', body: 'Hallo {{ requester.name }},\n\n…' }],
}));

export const rules: Rule[] = [
  {
    id: 'rul_1',
    name: 'Password words in German',
    position: 1,
    active: true,
    conditions: {
      categories: ['cat_1'],
      words: ['passwort vergessen', 'kennwort'],
      languages: ['de'],
      requesters: [],
      hours: null,
    },
    answer: { id: 'ans_1', title: 'Reset your password' },
  },
  {
    id: 'rul_2',
    name: 'Invoices outside office hours',
    position: 2,
    active: false,
    conditions: {
      categories: ['cat_6'],
      words: ['invoice'],
      languages: [],
      requesters: ['@agency.example'],
      hours: { zone: 'Europe/Berlin', days: [5, 6], from: '00:00', to: '23:59' },
    },
    answer: { id: 'ans_9', title: 'Invoice for ads' },
  },
];
