import { expect, it } from 'vitest';
import { along, decades, inWords } from './evidence';

it('moves by factors and ends at the limit', () => {
  expect(along(0, 25)).toBe(0);
  expect(along(0.001, 25)).toBe(0);
  expect(along(25, 25)).toBe(1);
  expect(along(1e9, 25)).toBe(1);
  expect(along(1, 25) - along(0.1, 25)).toBeCloseTo(along(10, 25) - along(1, 25));
});

it('marks the powers of ten below the limit', () => {
  expect(decades(25)).toEqual([0.1, 1, 10]);
  expect(decades(10)).toEqual([0.1, 1]);
});

it('says as much as can be read', () => {
  expect([0, 0.4, 12.4, 1e12].map(inWords)).toEqual(['<0.01', '0.40', '12', '>1,000']);
});
