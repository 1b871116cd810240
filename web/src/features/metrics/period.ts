// Which span, which tickets and which break-down the metrics show, as it stands in the address.
import type { Query } from '@/api/client';
import type { Dimension } from '@/api/types';

const day = 86_400_000;
export const spans = [7, 28, 90, 365] as const;
const steps = ['day', 'week', 'month'] as const;
export const dimensions: Dimension[] = [
  'category',
  'responder',
  'language',
  'channel',
  'team',
  'agent',
];

/** Which tickets: those for which everything holds that is set. Ids, words, or `none`. */
export type Filters = Partial<Record<Dimension, string>>;

export type Search = Filters & {
  days?: (typeof spans)[number];
  by?: (typeof steps)[number];
  group?: Dimension;
  /** What the agent is called, for whoever reads the address. */
  who?: string;
};

export function readPeriod(search: Record<string, unknown>): Search {
  const result: Search = {};
  const days = spans.find((one) => one === Number(search.days));
  const by = steps.find((one) => one === search.by);
  const group = dimensions.find((one) => one === search.group);
  if (days) result.days = days;
  if (by) result.by = by;
  if (group) result.group = group;
  for (const name of [...dimensions, 'who'] as const) {
    const value = search[name];
    if (typeof value === 'string' && value) result[name] = value;
  }
  return result;
}

/** The filters alone, as the lists of tickets take them too. */
export function filtersOf(search: Search): Filters {
  return Object.fromEntries(
    dimensions.filter((name) => search[name]).map((name) => [name, search[name]]),
  );
}

/** The step that fits the span, unless one was chosen. */
export function stepOf({ days = 28, by }: Search): (typeof steps)[number] {
  return by ?? (days <= 28 ? 'day' : days <= 90 ? 'week' : 'month');
}

/** From the start of a day to now, rounded up so that the query's key keeps still for a while. */
export function toQuery(search: Search, now: number): Query {
  const to = Math.ceil(now / 600_000) * 600_000;
  const start = new Date(to - (search.days ?? 28) * day);
  start.setHours(0, 0, 0, 0);
  return {
    from: start.getTime(),
    to,
    period: stepOf(search),
    ...filtersOf(search),
    by: search.group,
  };
}
