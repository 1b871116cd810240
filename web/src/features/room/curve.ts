// The what-if curve in the browser: which threshold a target asks for, and what it comes to in a month.
import type { CurveStep, WhatIf } from '@/api/types';

export const precisionOf = (step: CurveStep) =>
  step.answered > 0 ? step.right / step.answered : 0;

/**
 * The step that answers most while its right share reaches the target; no threshold below half the target, as with a
 * certificate. The server ranks by the same.
 */
export function stepFor(steps: readonly CurveStep[], target: number): CurveStep | null {
  for (let index = steps.length - 1; index >= 0; index--) {
    const step = steps[index];
    if (step && precisionOf(step) >= target - 1e-9 && step.threshold >= target / 2) return step;
  }
  return null;
}

export type Month = { answers: number; wrong: number; hours: number };

/** What a threshold comes to in a month, for a share of the requesters. */
export function monthOf(data: WhatIf, step: CurveStep | null, share = 1): Month {
  if (!step || data.seen === 0) return { answers: 0, wrong: 0, hours: 0 };
  const answers = data.month * (step.answered / data.seen) * share;
  const wrong = answers * (1 - precisionOf(step));
  const { minutes_per_ticket, minutes_per_mistake } = data.assumed;
  const minutes = (answers - wrong) * minutes_per_ticket - wrong * minutes_per_mistake;
  return { answers, wrong, hours: minutes / 60 };
}

/** Share of requesters who see what is switched on. */
export const reached = (policy: { rollout: number; holdout: number; blind: number }) =>
  (1 - policy.blind) * (1 - policy.holdout) * policy.rollout;

/** What sends now or would: the certified threshold where it was proved for this target, else the curve's. */
export function thresholdAt(data: WhatIf, target: number, certifiedFor: number | null) {
  const proved = certifiedFor !== null && Math.abs(certifiedFor - target) < 1e-9;
  return proved && data.certified ? data.certified : stepFor(data.steps, target);
}

/** "3.4", "12", and below ten with one digit, as nobody believes more. */
export const roughly = (value: number): string =>
  Math.abs(value) < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
