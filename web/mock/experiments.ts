// The mock API's experiments: one with a winner, one undecided, one not started, one taken over.
import { HttpResponse, http } from 'msw';
import type { Estimate, ExperimentDetail, ExperimentOutcome, Side } from '../src/api/types';
import { day } from './random.ts';

const now = Date.now();
const today = now - (now % day);

/** An interval that closes in on its mean as tickets come in. */
function estimate(mean: number, n: number, signed = false): Estimate {
  const half =
    1.55 * Math.sqrt((mean * (1 - Math.abs(mean)) + 0.05) / Math.max(n, 1)) + 3 / (n + 4);
  const floor = signed ? -1 : 0;
  const at = (value: number) => Math.round(Math.min(1, Math.max(floor, value)) * 400) / 400;
  return { n, mean: n ? mean : null, low: at(mean - half), high: at(mean + half) };
}

type Case = Pick<ExperimentOutcome, 'outcome' | 'silent'> & { a: number; b: number; better?: Side };

function outcome({ a, b, better, ...rest }: Case, n: number, days: number): ExperimentOutcome {
  const at = (tickets: number) => {
    const half = Math.round(tickets / 2);
    const [sideA, sideB] = [estimate(a, half), estimate(b, tickets - half)];
    const gap = b - a;
    const wide = Math.hypot(sideA.high - a, sideB.high - b) * 0.8;
    // What was found to differ leaves zero outside.
    const reach = better ? Math.min(wide, Math.abs(gap) - 0.005) : wide;
    const difference = { n: tickets, mean: n ? gap : null, low: gap - reach, high: gap + reach };
    return { a: sideA, b: sideB, difference };
  };
  const path = Array.from({ length: days }, (_, i) => ({
    at: today - (days - 1 - i) * day,
    ...at(Math.round((n * (i + 1)) / days)),
  }));
  return { ...rest, ...at(n), better: better ?? null, path };
}

const rate = (count: number, of: number) => ({ count, of, rate: count / of, low: 0, high: 1 });

const blank = {
  same: false,
  category: null,
  answer: null,
  share: 1,
  reason: null,
  created_by: 'Amara Lindqvist',
  started_at: null,
  ends_at: null,
  ended_at: null,
  end: null,
  adopted: null,
  tickets_a: 0,
  tickets_b: 0,
  taking_part: 0,
  counted: 0,
  outcomes: [],
  answered_a: rate(0, 0),
  answered_b: rate(0, 0),
  window_ms: 14 * day,
  recontact_window_ms: 7 * day,
};

const items: ExperimentDetail[] = [
  {
    ...blank,
    id: 'exp_1',
    name: 'A shorter answer about resetting passwords',
    kind: 'wording',
    subject: {
      kind: 'wording',
      answer: '2',
      language: null,
      a: 'Hello {{ requester.first_name }},\n\nyou can choose a new password yourself. Open the sign-in page, press “Forgot password”, and follow the mail that we send you. The link in it is good for an hour.\n\nIf no mail arrives, look into your spam folder first.',
      b: 'Hello {{ requester.first_name }},\n\npress “Forgot password” on the sign-in page: {{ ticket.link }}',
    },
    answer: { id: '2', title: 'Reset your password' },
    state: 'running',
    reason: 'Many ask again where the link is',
    created_at: now - 62 * day,
    started_at: now - 61 * day,
    tickets_a: 1_388,
    tickets_b: 1_404,
    taking_part: 2_420,
    counted: 1_904,
    verdict: {
      better: 'b',
      text: 'B is confirmed more often: 61–68% against 50–57% with A, of 1,904 tickets. After B fewer write again within 7 days: 8–13% against 14–20% after A, of 2,160 tickets.',
    },
    outcomes: [
      outcome({ outcome: 'confirmed', silent: null, a: 0.535, b: 0.645, better: 'b' }, 1_904, 47),
      outcome({ outcome: 'recontact', silent: null, a: 0.17, b: 0.104, better: 'b' }, 2_160, 54),
      outcome({ outcome: 'csat', silent: 'worst', a: 0.21, b: 0.238 }, 1_904, 47),
      outcome({ outcome: 'csat', silent: 'best', a: 0.94, b: 0.952 }, 1_904, 47),
      outcome({ outcome: 'time', silent: null, a: 0.061, b: 0.05 }, 1_904, 47),
    ],
    answered_a: rate(262, 918),
    answered_b: rate(271, 924),
  },
  {
    ...blank,
    id: 'exp_2',
    name: 'Model 7 against model 6',
    kind: 'model',
    subject: { kind: 'model', a: 6, b: 7 },
    state: 'running',
    share: 0.5,
    created_at: now - 30 * day,
    started_at: now - 30 * day,
    ends_at: now + 54 * day,
    tickets_a: 410,
    tickets_b: 398,
    taking_part: 742,
    counted: 356,
    verdict: {
      better: null,
      text: 'No difference found yet in 356 tickets. One of 10 points in confirmed answers would show after about 14 more weeks.',
    },
    outcomes: [
      outcome({ outcome: 'confirmed', silent: null, a: 0.58, b: 0.6 }, 356, 16),
      outcome({ outcome: 'recontact', silent: null, a: 0.15, b: 0.15 }, 540, 23),
      outcome({ outcome: 'csat', silent: 'worst', a: 0.22, b: 0.21 }, 356, 16),
      outcome({ outcome: 'csat', silent: 'best', a: 0.95, b: 0.94 }, 356, 16),
      outcome({ outcome: 'time', silent: null, a: 0.07, b: 0.07 }, 356, 16),
    ],
    answered_a: rate(41, 160),
    answered_b: rate(38, 152),
  },
  {
    ...blank,
    id: 'exp_3',
    name: 'The learner before the rules in Ads and billing',
    kind: 'order',
    subject: { kind: 'order', a: 'rules_first', b: 'learner_first' },
    category: { id: 'cat_6', name: 'Ads and billing' },
    state: 'draft',
    created_at: now - day,
    verdict: { better: null, text: 'Not started.' },
  },
  {
    ...blank,
    id: 'exp_4',
    name: 'Target 95% or 98% for sign-in',
    kind: 'policy',
    subject: { kind: 'policy', a: 3, b: 4 },
    category: { id: 'cat_1', name: 'Sign-in and passwords' },
    state: 'ended',
    created_at: now - 140 * day,
    started_at: now - 139 * day,
    ended_at: now - 40 * day,
    end: 'side A was taken over by Amara Lindqvist',
    adopted: 'a',
    tickets_a: 3_120,
    tickets_b: 3_054,
    taking_part: 5_240,
    counted: 5_240,
    verdict: {
      better: null,
      text: 'Stopped: side A was taken over by Amara Lindqvist. No difference was found.',
    },
    outcomes: [
      outcome({ outcome: 'confirmed', silent: null, a: 0.62, b: 0.61 }, 5_240, 60),
      outcome({ outcome: 'recontact', silent: null, a: 0.12, b: 0.12 }, 5_240, 60),
      outcome({ outcome: 'csat', silent: 'worst', a: 0.24, b: 0.24 }, 5_240, 60),
      outcome({ outcome: 'csat', silent: 'best', a: 0.95, b: 0.95 }, 5_240, 60),
      outcome({ outcome: 'time', silent: null, a: 0.06, b: 0.07 }, 5_240, 60),
    ],
    answered_a: rate(690, 2_610),
    answered_b: rate(671, 2_570),
  },
];

const found = (id: unknown) => items.find((item) => item.id === id);
const answer = (item: ExperimentDetail | undefined) =>
  item ? HttpResponse.json(item) : new HttpResponse(null, { status: 404 });

export const experimentHandlers = [
  http.get('*/api/v1/experiments', () => HttpResponse.json({ items, next: null })),
  http.get('*/api/v1/experiments/:id', ({ params }) => answer(found(params.id))),
  http.post('*/api/v1/experiments', async ({ request }) => {
    const sent = (await request.json()) as Pick<ExperimentDetail, 'name' | 'subject' | 'share'>;
    const made: ExperimentDetail = {
      ...blank,
      ...sent,
      category: null,
      id: `exp_${items.length + 1}`,
      kind: sent.subject.kind,
      state: 'draft',
      created_at: Date.now(),
      verdict: { better: null, text: 'Not started.' },
    };
    items.unshift(made);
    return HttpResponse.json(made, { status: 201 });
  }),
  http.post('*/api/v1/experiments/:id/start', ({ params }) => {
    const item = found(params.id);
    const text = 'No ticket has been counted yet: each counts 14 days after it came.';
    if (item) {
      Object.assign(item, { state: 'running', started_at: Date.now() });
      item.verdict = { better: null, text };
    }
    return answer(item);
  }),
  http.post('*/api/v1/experiments/:id/stop', ({ params }) => {
    const item = found(params.id);
    if (item)
      Object.assign(item, { state: 'ended', ended_at: Date.now(), end: 'by Amara Lindqvist' });
    return answer(item);
  }),
  http.post('*/api/v1/experiments/:id/adoption', async ({ params, request }) => {
    const item = found(params.id);
    const { side } = (await request.json()) as { side: Side };
    if (item) Object.assign(item, { state: 'ended', ended_at: Date.now(), adopted: side });
    return answer(item);
  }),
];
