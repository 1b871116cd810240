// How a number differs from the period before, with its interval where it is a rate.
import type { RateOf } from '@/api/types';
import { wilson } from '@/text/number';

export type Change = { by: number; low?: number; high?: number };

/** Difference of two rates with Newcombe's interval (Statistics in Medicine 1998, method 10), as shares. */
export function ofRates(now: RateOf, before: RateOf): Change | null {
  const [a, b] = [wilson(now.count, now.of), wilson(before.count, before.of)];
  if (!a || !b) return null;
  const [p, q] = [now.count / now.of, before.count / before.of];
  return {
    by: p - q,
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  };
}

/** How far a count or a time moved, as a share of what it was. */
export function ofNumbers(now: number | null, before: number | null): Change | null {
  if (now === null || before === null || before === 0) return null;
  return { by: now / before - 1 };
}
