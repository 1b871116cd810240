// Reviews and guardrails of the mock company.
import { HttpResponse, http } from 'msw';
import type { Guardrail, ReviewTask } from '../src/api/types';
import { answers, categories } from './company.ts';
import { day, hour } from './random.ts';

const url = (path: string) => `*/api/v1${path}`;
const now = Date.now();
const ref = (index: number) => ({
  id: answers[index]?.id ?? '',
  title: answers[index]?.title ?? '',
});

const texts = [
  ['I was charged twice', 'My card shows two payments for March, and I only have one account.'],
  [null, 'the app says my password is wrong but i am very sure it is not, what can i do now??'],
  ['Moving a board', 'Can I move a board with all its pins to the account of a colleague?'],
] as const;

let waiting: ReviewTask[] = texts.map(([subject, body], index) => ({
  number: 8101 + index,
  category: { id: 'cat_1', name: categories[0]?.name ?? '' },
  subject,
  body,
  language: 'en',
  received_at: now - (index + 2) * hour,
  asked_at: now - (index + 1) * hour,
  sample: 'sent',
  disputed: index === 2,
  choices: index === 2 ? [ref(1), null] : [],
}));
let done = 6;

const watching: Guardrail = {
  state: 'watching',
  pause: null,
  since: now - 41 * day,
  target: 0.95,
  right: 212,
  wrong: 6,
  harmful: 1,
  asked: 70,
  late: 2,
  evidence: 0.18,
  limit: 25,
  returns: { sent: 3_120, back: 262, allowed: 0.146, rises: false },
  reviews_a_day: 5,
  finds: 0.845,
};

/** Of one category the reviews were bad. */
export const paused: Guardrail = {
  ...watching,
  state: 'paused',
  pause: {
    kind: 'precision',
    at: now - 2 * hour,
    why: '9 of the last 41 reviewed answers were wrong',
    blocked: null,
  },
  right: 32,
  wrong: 7,
  harmful: 2,
  evidence: 31.4,
};

const reviewed = (number: unknown, answer: string | null, harmful = false) => {
  const verdict = answer === answers[0]?.id ? 'right' : harmful ? 'harmful' : 'wrong';
  return {
    number: Number(number),
    chosen: answers.find((one) => one.id === answer) ?? null,
    sent: ref(0),
    sent_text: answers[0]?.body ?? null,
    probability: 0.97,
    threshold: 0.91,
    verdict,
    standing: 'settled',
  };
};

const give = http.post(url('/reviews/:number'), async ({ params, request }) => {
  const { answer } = (await request.json()) as { answer: string | null };
  waiting = waiting.filter((task) => task.number !== Number(params.number));
  done += 1;
  return HttpResponse.json(reviewed(params.number, answer), { status: 201 });
});

export const reviewHandlers = [
  http.get(url('/reviews'), () => HttpResponse.json({ items: waiting, next: null })),
  http.get(url('/reviews/progress'), () =>
    HttpResponse.json({
      budget: 15,
      done_today: done,
      own_today: 4,
      own_waiting: waiting.length,
      waiting: waiting.length,
      late: 1,
      agreed: { count: 41, of: 44, rate: 41 / 44, low: 0.82, high: 0.98 },
      kappa: 0.89,
    }),
  ),
  give,
  http.patch(url('/reviews/:number'), async ({ params, request }) => {
    const { harmful } = (await request.json()) as { harmful: boolean };
    return HttpResponse.json(reviewed(params.number, null, harmful));
  }),
  http.post(url('/reviews/:number/decision'), async ({ params, request }) => {
    const { answer } = (await request.json()) as { answer: string | null };
    waiting = waiting.filter((task) => task.number !== Number(params.number));
    return HttpResponse.json(reviewed(params.number, answer), { status: 201 });
  }),
  http.get(url('/categories/:id/guardrail'), () => HttpResponse.json(watching)),
  http.get(url('/categories/:id/guardrail/wrong'), () =>
    HttpResponse.json({
      items: [
        { number: 8093, verdict: 'wrong', sent: ref(0), right: ref(1), reviewed_at: now - hour },
        { number: 8066, verdict: 'harmful', sent: ref(2), right: null, reviewed_at: now - day },
      ],
      next: null,
    }),
  ),
  http.post(url('/categories/:id/guardrail/resumption'), () => HttpResponse.json(watching)),
];
