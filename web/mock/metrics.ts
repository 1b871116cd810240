// Mock metrics: ten weeks of a company that switched automation on half-way.
import type { Metrics, SeriesPoint } from '../src/api/types';
import { categories } from './company.ts';
import { day, hour, random } from './random.ts';

const shareOf = (count: number, of: number) => {
  const rate = of ? count / of : null;
  return { count, of, rate, low: (rate ?? 0.03) - 0.03, high: Math.min(1, (rate ?? 1) + 0.02) };
};

export function metrics(from: number, to: number, period: Metrics['period']): Metrics {
  const r = random(3);
  const step = period === 'day' ? day : period === 'week' ? 7 * day : 30 * day;
  const series: SeriesPoint[] = [];
  for (let at = from; at < to; at += step) {
    const age = (at - from) / Math.max(1, to - from);
    const tickets = Math.round((160 + 60 * r.next()) * (step / day));
    const low = age < 0.3 ? 0 : 0.28 * age + 0.02 * r.next();
    const high = age < 0.3 ? 0 : low + 0.14 + 0.03 * r.next();
    const learner = Math.round(tickets * high * 0.8);
    const rules = Math.round(tickets * 0.06);
    series.push({
      from: at,
      tickets,
      automation_low: low,
      automation_high: high,
      by_responder: { rules, learner, agent: tickets - learner - rules },
      good: Math.round(tickets * 0.14),
      bad: Math.round(tickets * 0.02),
      first_reply: { n: tickets, median_ms: (5.5 - 4 * age + r.next()) * hour, p90_ms: 20 * hour },
    });
  }
  const tickets = series.reduce((sum, point) => sum + point.tickets, 0);
  const sum = (share: number) => Math.round(tickets * share);
  return {
    from,
    to,
    period,
    tickets,
    automation: {
      tickets,
      undecided: sum(0.03),
      open: sum(0.04),
      confirmed: sum(0.19),
      silent: sum(0.16),
      failed: sum(0.02),
      agent: sum(0.56),
      low: 0.204,
      high: 0.376,
    },
    responders: (
      [
        ['rules', 0.06, 0.91],
        ['learner', 0.29, 0.93],
        ['agent', 0.56, 0.9],
      ] as const
    ).map(([responder, share, csat]) => {
      const surveys = sum(share * 0.8);
      const replies = Math.round(surveys * 0.21);
      const good = Math.round(replies * csat);
      return {
        responder,
        answered: sum(share),
        confirmed: sum(share * 0.5),
        silent: sum(share * 0.45),
        failed: sum(share * 0.05),
        surveys,
        good,
        bad: replies - good,
        response_rate: shareOf(replies, surveys),
        csat: shareOf(good, replies),
      };
    }),
    first_reply: { n: sum(0.93), median_ms: 1.4 * hour, p90_ms: 11 * hour },
    resolution: { n: sum(0.88), median_ms: 6.3 * hour, p90_ms: 52 * hour },
    series,
    categories: categories.map((category, index) => ({
      id: category.id,
      name: category.name,
      tickets: category.tickets_30d,
      automation_low: category.policy.mode === 'auto' ? 0.31 : 0,
      automation_high: category.policy.mode === 'auto' ? 0.51 : 0.04,
      good: Math.round(category.tickets_30d * 0.15),
      bad: Math.round(category.tickets_30d * 0.02),
      first_reply: { n: 80, median_ms: (1 + index) * hour, p90_ms: 30 * hour },
      resolution: { n: 74, median_ms: (4 + index) * hour, p90_ms: 60 * hour },
      responders: [],
    })),
    flags: [
      {
        at: from + (to - from) * 0.31,
        kind: 'policy.changed',
        text: 'Sign-in and passwords: auto for 10%',
      },
      {
        at: from + (to - from) * 0.52,
        kind: 'policy.changed',
        text: 'Boards and sections: auto for 25%',
      },
      {
        at: from + (to - from) * 0.78,
        kind: 'policy.changed',
        text: 'Sign-in and passwords: auto for 100%',
      },
    ],
  };
}
