import { expect, test } from 'vitest';
import { ofNumbers, ofRates } from './change';

const rate = (count: number, of: number) => ({ count, of, rate: count / of, low: 0, high: 1 });

test('the interval of a difference agrees with a published example', () => {
  // Newcombe 1998, table II (a): 56/70 and 48/80, method 10.
  const change = ofRates(rate(56, 70), rate(48, 80));
  expect(change?.by).toBeCloseTo(0.2, 4);
  expect(change?.low).toBeCloseTo(0.0524, 3);
  expect(change?.high).toBeCloseTo(0.3339, 3);
});

test('nothing before shows no change', () => {
  expect(ofRates(rate(1, 2), rate(0, 0))).toBeNull();
  expect(ofNumbers(3, 0)).toBeNull();
  expect(ofNumbers(3, 2)?.by).toBeCloseTo(0.5);
});
