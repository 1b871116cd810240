import { describe, expect, it } from 'vitest';
import { spread, ticks } from './scale';

describe('ticks', () => {
  it('are round, begin at zero and reach the largest value', () => {
    expect(ticks(0.44)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(ticks(219)).toEqual([0, 100, 200, 300]);
    expect(ticks(4)).toEqual([0, 1, 2, 3, 4]);
    expect(ticks(0)).toEqual([0, 1]);
  });
});

describe('labels', () => {
  it('keep apart and within the drawing', () => {
    const apart = spread([50, 52, 100], 15, 100);
    expect(apart).toEqual([50, 65, 100]);
    expect(spread([98, 99, 100], 15, 100)).toEqual([70, 85, 100]);
  });
});
