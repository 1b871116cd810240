import { metrics } from '@mock/metrics';
import { describe, expect, it } from 'vitest';
import { gatherFlags } from './flags';

const day = 86_400_000;
const { series } = metrics(0, 7 * day, 'day');
const flag = (at: number, text: string) => ({ at, text, kind: 'policy.changed' });

describe('flags', () => {
  it('of one day are one, each text once', () => {
    const flags = [
      flag(2.2 * day, 'a'),
      flag(2.9 * day, 'b'),
      flag(2.5 * day, 'a'),
      flag(6.9 * day, 'c'),
    ];
    expect(gatherFlags({ flags, series })).toEqual([
      { at: 2 * day, texts: ['a', 'b'] },
      { at: 6 * day, texts: ['c'] },
    ]);
  });
});
