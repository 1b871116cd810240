// Mock metrics: ten weeks of a company that switched automation on half-way.
import type { Dimension, GroupMetrics, Metrics, SeriesPoint } from '../src/api/types';
import { wilson } from '../src/text/number';
import { categories } from './company.ts';
import { day, hour, random } from './random.ts';

type Numbers = Metrics['before'];

function shareOf(share: number, of: number) {
  const count = Math.round(share * of);
  const interval = wilson(count, of) ?? { low: 0, high: 1 };
  return { count, of, rate: of ? count / of : null, ...interval };
}

/** Numbers of so many tickets; the more is automated, the faster everything goes. */
function numbers(tickets: number, automated: number): Numbers {
  const sum = (share: number) => Math.round(tickets * share);
  const [confirmed, silent, failed] = [sum(automated * 0.5), sum(automated * 0.42), sum(0.02)];
  const of = { rules: 0.06, learner: automated, agent: 0.94 - automated };
  const hours = (right: number) => (right * 5 - failed * 10) / 60;
  return {
    tickets,
    automation: {
      tickets,
      automatic: sum(automated),
      undecided: sum(0.03),
      open: sum(0.04),
      confirmed,
      silent,
      failed,
      agent: sum(0.91 - automated),
      low: tickets ? confirmed / tickets : 0,
      high: tickets ? (confirmed + silent) / tickets : 0,
    },
    reviewed: shareOf(0.97, 60),
    automation_reviewed: { rate: automated * 0.97, low: automated * 0.89, high: automated * 0.99 },
    csat: shareOf(0.91, sum(0.17)),
    response_rate: shareOf(0.21, sum(0.8)),
    responders: (['rules', 'learner', 'agent'] as const).map((responder) => {
      const csat = shareOf(0.92, sum(of[responder] * 0.17));
      return {
        responder,
        first_replies: sum(of[responder]),
        answered: sum(of[responder]),
        confirmed: sum(of[responder] * 0.5),
        silent: sum(of[responder] * 0.45),
        failed: sum(of[responder] * 0.05),
        surveys: sum(of[responder] * 0.8),
        good: csat.count,
        bad: csat.of - csat.count,
        response_rate: shareOf(0.21, sum(of[responder] * 0.8)),
        csat,
      };
    }),
    first_reply: { n: sum(0.93), median_ms: (5.5 - 9 * automated) * hour, p90_ms: 20 * hour },
    resolution: { n: sum(0.88), median_ms: (9 - 9 * automated) * hour, p90_ms: 52 * hour },
    one_touch: shareOf(0.62, sum(0.88)),
    recontact: shareOf(0.11, sum(0.9)),
    backlog: sum(0.05) + 12,
    agent_hours: { solved: sum(0.5), hours: sum(0.08), per_hour: 6.2 },
    suggestions: shareOf(0.71, sum(0.3)),
    saved: {
      hours_low: hours(confirmed),
      hours_high: hours(confirmed + silent),
      money_low: hours(confirmed) * 38,
      money_high: hours(confirmed + silent) * 38,
    },
  };
}

function point(at: number, n: Numbers): SeriesPoint {
  return {
    from: at,
    tickets: n.tickets,
    live: n.automation.tickets,
    automation_low: n.automation.low,
    automation_high: n.automation.high,
    by_responder: Object.fromEntries(n.responders.map((r) => [r.responder, r.first_replies])),
    good: n.csat.count,
    bad: n.csat.of - n.csat.count,
    first_reply: n.first_reply,
    resolution: n.resolution,
    one_touch: n.one_touch,
    recontact: n.recontact,
    backlog: n.backlog,
  };
}

const values: Record<Exclude<Dimension, 'category'>, string[]> = {
  responder: ['agent', 'learner', 'rules', 'none'],
  language: ['en', 'de', 'fr', 'none'],
  channel: ['mail', 'form', 'api', 'import'],
  team: ['Day', 'Night', 'none'],
  agent: ['Amara Lindqvist', 'Jonas Weber', 'none'],
};

function groups(by: Dimension): GroupMetrics[] {
  const all =
    by === 'category'
      ? categories.map((c) => ({
          key: c.id,
          name: c.name,
          tickets: c.tickets_30d,
          share: c.policy.mode === 'auto' ? 0.5 : 0.04,
        }))
      : values[by].map((key, index) => ({
          key,
          name: key,
          tickets: Math.round(2100 / (index + 1)),
          share: 0.3 / (index + 1),
        }));
  return all.map(({ key, name, tickets, share }) => ({
    key,
    name,
    ...numbers(tickets, share),
    before: numbers(Math.round(tickets * 0.9), share * 0.7),
  }));
}

export function metrics(
  from: number,
  to: number,
  period: Metrics['period'],
  by: Dimension = 'category',
): Metrics {
  const r = random(3);
  const step = period === 'day' ? day : period === 'week' ? 7 * day : 30 * day;
  const series: SeriesPoint[] = [];
  for (let at = from; at < to; at += step) {
    const age = (at - from) / Math.max(1, to - from);
    const tickets = Math.round((160 + 60 * r.next()) * (step / day));
    series.push(point(at, numbers(tickets, age < 0.3 ? 0 : 0.45 * age + 0.03 * r.next())));
  }
  const tickets = series.reduce((sum, one) => sum + one.tickets, 0);
  const now = numbers(tickets, 0.36);
  const flag = (share: number, text: string) => ({
    at: from + (to - from) * share,
    kind: 'policy.changed',
    text,
  });
  return {
    from,
    to,
    period,
    ...now,
    before: numbers(Math.round(tickets * 0.93), 0.11),
    series,
    by,
    groups: groups(by),
    goals: [
      {
        kind: 'automation',
        target: 0.5,
        value: 0.35,
        low: 0.32,
        high: 0.36,
        reached: 'not_yet',
        pace: { per_week: 0.03, low: 0.022, high: 0.038, reached_at: to + 35 * day },
      },
      {
        kind: 'csat',
        target: 0.9,
        value: now.csat.rate,
        low: now.csat.low,
        high: now.csat.high,
        reached: 'unclear',
        pace: { per_week: 0.001, low: -0.004, high: 0.006, reached_at: null },
      },
      {
        kind: 'first_reply',
        target: 8 * hour,
        value: now.first_reply.median_ms,
        low: now.first_reply.median_ms,
        high: now.first_reply.median_ms,
        reached: 'met',
        pace: { per_week: -0.2 * hour, low: -0.3 * hour, high: -0.1 * hour, reached_at: null },
      },
    ],
    work: { minutes_per_ticket: 5, minutes_per_mistake: 10, money_per_hour: 38, currency: 'EUR' },
    flags: [
      flag(0.31, 'Sign-in and passwords: auto for 10%'),
      flag(0.52, 'Boards and sections: auto for 25%'),
      flag(0.78, 'Sign-in and passwords: auto for 100%'),
    ],
  };
}
