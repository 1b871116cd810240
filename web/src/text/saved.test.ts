import { describe, expect, it } from 'vitest';
import { count } from './number';
import { saved } from './saved';

const hours = (low: number, high: number) =>
  saved(low, high, 'h', (size) => count(Math.round(size)));

describe('work saved', () => {
  it('is a range, or one number where its ends meet', () => {
    expect(hours(64, 1332.7)).toEqual({ said: '64–1,333 h', lost: false });
    expect(hours(63.8, 64.2)).toEqual({ said: '64 h', lost: false });
  });

  it('is called lost where wrong answers cost more', () => {
    expect(hours(-12, -4)).toEqual({ said: '4–12 h lost', lost: true });
    expect(hours(-12, -12)).toEqual({ said: '12 h lost', lost: true });
    expect(hours(-12, 30)).toEqual({ said: '12 h lost to 30 h saved', lost: false });
  });

  it('does not call nothing a loss', () => {
    expect(hours(-0.2, -0.1)).toEqual({ said: '0 h', lost: false });
  });
});
