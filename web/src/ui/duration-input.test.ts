import { describe, expect, it } from 'vitest';
import { unitOf } from './duration-input';

describe('a length of time', () => {
  it('is told in the largest unit that needs no fraction', () => {
    expect(unitOf(10_000)).toBe('seconds');
    expect(unitOf(90 * 60_000)).toBe('minutes');
    expect(unitOf(24 * 3_600_000)).toBe('days');
    expect(unitOf(36 * 3_600_000)).toBe('hours');
    expect(unitOf(0)).toBe('seconds');
  });
});
