// The mock API's labels: what agents, reviews and customers said of tickets, and what was mended.
import { HttpResponse, http } from 'msw';
import type {
  AnswerStanding,
  AnswerSuggestions,
  LabelCounts,
  LabelledTicket,
  Mend,
  NewMend,
} from '../src/api/types';
import { day, hour } from './random.ts';

const now = Date.now();
const url = (path: string) => `*/api/v1${path}`;

const answers = {
  reset: { id: 'ans_1', title: 'Reset your password' },
  mail: { id: 'ans_3', title: 'The mail with the link does not arrive' },
} as const;

const blank: LabelledTicket = {
  number: 0,
  subject: null,
  excerpt: '',
  category: { id: 'cat_2', name: 'Password reset' },
  created_at: now,
  answer: answers.reset,
  source: 'agent',
  unseen: false,
  choice: 'as_is',
  chosen: answers.reset,
  edited: 0,
  customer: null,
  mended: false,
  mended_answer: null,
  similarity: null,
};

const texts = [
  ['Cannot get in', 'I forgot which password I used and the page says it is wrong.'],
  ['Reset link', 'The link that you sent me says that it has expired.'],
  [null, 'hello i need a new password please, mine does not work any more'],
  ['No mail', 'I asked for a new password three times and no mail has come.'],
  ['Passwort vergessen', 'Ich komme nicht mehr in mein Konto.'],
  ['Still locked out', 'After the update the right password is refused.'],
] as const;

let items: LabelledTicket[] = texts.flatMap(([subject, excerpt], index) =>
  [0, 1, 2].map((round): LabelledTicket => {
    const number = 4_210 - index * 3 - round;
    const common = {
      ...blank,
      number,
      subject,
      excerpt,
      created_at: now - index * day - round * hour,
    };
    if (index === 1 && round === 0) {
      return { ...common, source: 'review', answer: answers.mail, chosen: answers.reset };
    }
    if (index === 3) return { ...common, customer: 'reopened', choice: 'slight', edited: 0.12 };
    if (index === 5) return { ...common, answer: null, chosen: null, choice: 'free', edited: null };
    return { ...common, unseen: round === 0 };
  }),
);

let mends: Mend[] = [
  {
    id: 'mend_1',
    answer: answers.mail,
    user: '1',
    by: 'Ada Castell',
    found: 'words “no mail”',
    tickets: 14,
    created_at: now - 2 * day,
    undone_at: null,
  },
];

const disagrees = (it: LabelledTicket) =>
  !it.mended &&
  (it.customer === 'reopened' || (it.source === 'review' && it.chosen?.id !== it.answer?.id));

const count = (part: Partial<LabelCounts['items'][number]>): LabelCounts['items'][number] => ({
  source: 'agent',
  choice: null,
  customer: null,
  against: false,
  unseen: false,
  tickets: 0,
  ...part,
});

const standing: AnswerStanding = {
  examples: 41,
  known: true,
  certified: false,
  more: 120,
  weekly: 34,
  weeks: 4,
};

export const learningHandlers = [
  http.get(url('/answers/:id/standing'), () => HttpResponse.json(standing)),
  http.get(url('/answers/suggestions'), () =>
    HttpResponse.json({
      days: 90,
      looked: 412,
      missing: [
        {
          id: '5f1d03a9c6b7e210',
          title: 'Change picture profile',
          uses: 23,
          wordings: 4,
          body: 'Hello {{ requester.first_name }},\n\nopen your profile, click on the picture and choose another one. It can take an hour until everyone sees it.',
          language: 'en',
          tickets: [4_208, 4_177, 4_120].map((number) => ({ number, subject: 'My picture' })),
        },
      ],
      merge: [
        {
          id: '90aa31b7c2d4e501',
          one: answers.reset,
          other: answers.mail,
          differ: 0.08,
          confused: { count: 41, of: 120, rate: 0.342, low: 0.263, high: 0.43 },
        },
      ],
      retire: [{ id: '77aa31b7c2d4e502', answer: answers.mail }],
    } satisfies AnswerSuggestions),
  ),
  http.put(
    url('/answers/suggestions/:id/dismissal'),
    () => new HttpResponse(null, { status: 204 }),
  ),
  http.delete(
    url('/answers/suggestions/:id/dismissal'),
    () => new HttpResponse(null, { status: 204 }),
  ),
  http.get(url('/learning/labels'), () =>
    HttpResponse.json({
      since: now - 90 * day,
      items: [
        count({ choice: 'as_is', tickets: 1_204 }),
        count({ choice: 'as_is', unseen: true, tickets: 212 }),
        count({ choice: 'slight', tickets: 377 }),
        count({ choice: 'much', tickets: 88 }),
        count({ choice: 'other', tickets: 141 }),
        count({ choice: 'free', customer: 'reopened', against: true, tickets: 63 }),
        count({ source: 'review', unseen: true, tickets: 402 }),
        count({ source: 'customer', customer: 'helped', tickets: 519 }),
        count({ source: 'import', unseen: true, tickets: 6_931 }),
      ],
      mended: 14,
    } satisfies LabelCounts),
  ),
  http.get(url('/learning/tickets'), ({ request }) => {
    const asked = new URL(request.url).searchParams;
    const q = asked.get('q')?.toLowerCase();
    const answer = asked.get('answer');
    const similar = asked.get('similar');
    const found = items
      .filter((it) => !asked.get('conflicts') || disagrees(it))
      .filter((it) => !answer || (it.answer?.id ?? 'none') === answer)
      .filter((it) => !q || `${it.subject} ${it.excerpt}`.toLowerCase().includes(q))
      .map((it, index) => (similar ? { ...it, similarity: 0.93 - index * 0.03 } : it));
    return HttpResponse.json({ items: found, next: null });
  }),
  http.get(url('/learning/mends'), () => HttpResponse.json({ items: mends, next: null })),
  http.post(url('/learning/mends'), async ({ request }) => {
    const { tickets, answer, found = '' } = (await request.json()) as NewMend;
    const given = Object.values(answers).find((one) => one.id === answer) ?? null;
    const id = `mend_${mends.length + 1}`;
    const made = { id, answer: given, user: '1', by: 'Ada Castell', found, undone_at: null };
    mends = [{ ...made, tickets: tickets.length, created_at: Date.now() }, ...mends];
    items = items.map((it) =>
      tickets.includes(it.number) ? { ...it, mended: true, mended_answer: given } : it,
    );
    return HttpResponse.json({ id }, { status: 201 });
  }),
  http.delete(url('/learning/mends/:id'), ({ params }) => {
    mends = mends.map((act) => (act.id === params.id ? { ...act, undone_at: Date.now() } : act));
    return new HttpResponse(null, { status: 204 });
  }),
];
