import { describe, expect, it } from 'vitest';
import type { WhatIf } from '@/api/types';
import { monthOf, reached, roughly, stepFor, thresholdAt } from './curve';

const steps = [
  { threshold: 0.95, answered: 10, right: 10 },
  { threshold: 0.9, answered: 40, right: 37 },
  { threshold: 0.8, answered: 60, right: 57 },
  { threshold: 0.2, answered: 100, right: 70 },
];
const data: WhatIf = {
  steps,
  seen: 100,
  from: 0,
  to: 1,
  month: 500,
  model_version: 1,
  certified: { threshold: 0.9, answered: 40, right: 37 },
  assumed: { minutes_per_ticket: 5, minutes_per_mistake: 10 },
};

describe('the what-if curve', () => {
  it('takes the loosest threshold that keeps the target, though stricter ones do not', () => {
    expect(stepFor(steps, 0.95)?.threshold).toBe(0.8);
    expect(stepFor(steps, 0.96)?.threshold).toBe(0.95);
    expect(stepFor(steps.slice(1), 0.99)).toBeNull();
    // Below half the target nothing is sent, however right the answers have been.
    expect(stepFor([{ threshold: 0.2, answered: 9, right: 9 }], 0.9)).toBeNull();
  });

  it('says what a month would bring', () => {
    const month = monthOf(data, stepFor(steps, 0.95));
    expect(month.answers).toBeCloseTo(300);
    expect(month.wrong).toBeCloseTo(15);
    expect(month.hours).toBeCloseTo((285 * 5 - 150) / 60);
    expect(monthOf(data, null)).toEqual({ answers: 0, wrong: 0, hours: 0 });
    expect(monthOf(data, steps[0] ?? null, 0.1).answers).toBeCloseTo(5);
  });

  it('uses the certified threshold only for the target it was proved for', () => {
    expect(thresholdAt(data, 0.95, 0.95)?.threshold).toBe(0.9);
    expect(thresholdAt(data, 0.95, 0.9)?.threshold).toBe(0.8);
    expect(thresholdAt(data, 0.95, null)?.threshold).toBe(0.8);
  });

  it('is fast enough to drag', () => {
    const many = Array.from({ length: 200 }, (_, i) => ({
      threshold: 1 - i / 200,
      answered: (i + 1) * 20,
      right: (i + 1) * 20 - i,
    }));
    const started = performance.now();
    for (let i = 0; i < 100; i++) monthOf(data, stepFor(many, 0.8 + i / 1000));
    expect((performance.now() - started) / 100).toBeLessThan(50);
  });

  it('reaches those who are neither kept aside nor blind', () => {
    expect(reached({ rollout: 0.5, holdout: 0.2, blind: 0.05 })).toBeCloseTo(0.38);
    expect([roughly(3.44), roughly(12.4), roughly(0)]).toEqual(['3.4', '12', '0']);
  });
});
