// The mock's control room: each category has its next step, and the curve falls as it should.
import { HttpResponse, http } from 'msw';
import type { Layer, Replay, ReplayOutcome, Room, RoomRow, Share, WhatIf } from '../src/api/types';
import { categories } from './company.ts';
import { day } from './random.ts';

const url = (path: string) => `*/api/v1${path}`;
const assumed = { minutes_per_ticket: 5, minutes_per_mistake: 10 };

const share = (count: number, of: number): Share => {
  const rate = of ? count / of : null;
  return { count, of, rate, low: (rate ?? 0.03) - 0.03, high: Math.min(1, (rate ?? 1) + 0.02) };
};

const steps = [
  'keep',
  'widen',
  'shadow',
  'widen',
  'leave',
  'turn_on',
  'collect',
  'shadow',
  'quiet',
];

export function room(): Room {
  const items = categories.map((one, index): RoomRow => {
    const step = steps[index] as RoomRow['next']['step'];
    const sends = one.policy.mode === 'auto';
    const automatic = sends ? Math.round(one.tickets_30d * 0.4) : 0;
    return {
      category: { id: one.id, name: one.name },
      parent: one.parent,
      tickets: one.tickets_30d,
      mode: one.policy.mode,
      rollout: one.policy.rollout,
      effective: one.policy.effective,
      effective_why: one.policy.effective_why,
      target: one.policy.precision,
      proved: one.certificate !== null,
      reviewed: sends ? share(97, 100) : share(0, 0),
      covered: sends ? share(automatic, one.tickets_30d) : share(0, 0),
      expected: share(140, 312),
      csat_automatic: share(sends ? 52 : 0, sends ? 58 : 0),
      csat_people: share(110, 124),
      reopened_automatic: share(Math.round(automatic * 0.05), automatic),
      reopened_people: share(41, 600),
      hours_low: automatic * 0.03,
      hours_high: automatic * 0.07,
      guardrail: sends ? 'watching' : 'off',
      paused_at: null,
      trend: Array.from({ length: 8 }, (_, week) => ({
        from: Date.now() - (8 - week) * 7 * day,
        tickets: Math.round((one.tickets_30d / 4) * (0.8 + 0.05 * week)),
        automatic: Math.round((automatic / 4) * (week / 8)),
      })),
      next: {
        step,
        answers: ['keep', 'widen', 'shadow', 'turn_on'].includes(step) ? 410 : null,
        more: step === 'collect' ? 38 : null,
      },
    };
  });
  return { items, assumed };
}

export const whatIf = (id: string): WhatIf => ({
  steps: Array.from({ length: 60 }, (_, i) => ({
    threshold: Number((0.99 - i * 0.016).toFixed(3)),
    answered: (i + 1) * 5,
    right: Math.floor((i + 1) * 5 * (1 - (i / 60) ** 2 * 0.3)),
  })),
  seen: 300,
  from: Date.now() - 200 * day,
  to: Date.now() - 3 * day,
  month: 660,
  model_version: 3,
  certified: categories.find((one) => one.id === id)?.certificate
    ? { threshold: 0.72, answered: 90, right: 88 }
    : null,
  assumed,
});

const answers = ['Reset your password', 'Find a board again'].map((title, index) => ({
  id: `ans_${index + 1}`,
  title,
}));

const example = (number: number, score: number, right: boolean) => ({
  number,
  title: `I cannot find the board that my sister shared with me, number ${number}`,
  at: Date.now() - number * day,
  score,
  predicted: answers[0] as (typeof answers)[0],
  answer: (right ? answers[0] : answers[1]) as (typeof answers)[0],
  right,
});

const layer = (
  responder: Layer['responder'],
  asked: number,
  taken: number,
  reply: number,
): Layer => ({
  responder,
  asked,
  taken,
  handed_on: asked - taken,
  confirmed: Math.round(taken * 0.3),
  silent: Math.round(taken * 0.55),
  failed: Math.round(taken * 0.05),
  undecided: taken - Math.round(taken * 0.3) - Math.round(taken * 0.55) - Math.round(taken * 0.05),
  csat: share(Math.round(taken * 0.1), Math.round(taken * 0.11)),
  unrated: Math.round(taken * 0.5),
  csat_worst: 0.18,
  csat_best: 0.98,
  median_reply_ms: reply,
  agent_minutes: responder === 'agent' ? taken * 5 : 0,
});

const outcomes: ReplayOutcome[] = ['wrong', 'wrong', 'right', 'right', 'right', 'unanswered'];

function replay(params: URLSearchParams): Replay {
  const show = params.get('show');
  const items = outcomes.map((outcome, index) => ({
    number: 900 + index,
    title: `My pin went to the wrong board, again (${index + 1})`,
    at: Date.now() - index * day,
    outcome,
    responder: outcome === 'unanswered' ? ('agent' as const) : ('learner' as const),
    answer: answers[0] as (typeof answers)[0],
    right: (outcome === 'wrong' ? answers[1] : answers[0]) as (typeof answers)[0],
    score: outcome === 'unanswered' ? 0.4 : 0.9,
    reason: '0.40 is below the threshold of 0.72',
    live: index === 0,
  }));
  return {
    items: items.filter((one) => !show || one.outcome === show),
    next: null,
    tickets: 6,
    wrong: 2,
    right: 3,
    unanswered: 1,
    target: 0.95,
    threshold: 0.72,
    basis: 'certificate',
    stored: 5,
    live: 1,
    from: Date.now() - 6 * day,
    to: Date.now(),
    newest: Date.now(),
  };
}

export const roomHandlers = [
  http.get(url('/control-room'), () => HttpResponse.json(room())),
  http.get(url('/categories/:id/what-if'), ({ params }) =>
    HttpResponse.json(whatIf(String(params.id))),
  ),
  http.get(url('/categories/:id/examples'), ({ request }) => {
    const at = Number(new URL(request.url).searchParams.get('threshold'));
    return HttpResponse.json({
      above: [example(11, at, true), example(12, Math.min(1, at + 0.01), false)],
      below: [example(13, Math.max(0, at - 0.01), true)],
    });
  }),
  http.get(url('/categories/:id/stack'), () =>
    HttpResponse.json({
      tickets: 660,
      never: 12,
      open: 9,
      layers: [
        layer('rules', 648, 40, 2_000),
        layer('learner', 608, 250, 3_000),
        layer('agent', 361, 361, 5_400_000),
      ],
      assumed,
    }),
  ),
  http.get(url('/categories/:id/replay'), ({ request }) =>
    HttpResponse.json(replay(new URL(request.url).searchParams)),
  ),
];
