import { describe, expect, it } from 'vitest';
import {
  between,
  bytes,
  duration,
  lengthSetting,
  percent,
  probability,
  rate,
  setting,
  upTo,
  wilson,
} from './number';

describe('rates', () => {
  it('come with their count and interval', () => {
    expect(rate(746, 1204)).toBe('62.0% of 1,204; 59.2–64.7%');
    expect(rate(62, 100)).toBe('62% of 100; 52–71%');
    expect(rate(0, 0)).toBe('none yet');
  });

  it('show a digit after the point only where the count supports it', () => {
    expect(percent(0.6196, 100)).toBe('62%');
    expect(percent(0.6196, 1204)).toBe('62.0%');
  });

  it('never round to all or nothing', () => {
    expect(percent(0.9996, 1204)).toBe('>99.9%');
    expect(percent(0.0001, 1204)).toBe('<0.1%');
    expect(percent(1, 20)).toBe('100%');
    expect(percent(0, 20)).toBe('0%');
  });

  it('are one number where their bounds meet', () => {
    expect(between(0.31, 0.51)).toBe('31–51%');
    expect(between(0.31, 0.31)).toBe('31%');
  });
});

describe('Wilson’s interval', () => {
  it('agrees with published values', () => {
    const tenth = wilson(1, 10);
    expect(tenth?.low).toBeCloseTo(0.0179, 4);
    expect(tenth?.high).toBeCloseTo(0.4042, 4);
  });

  it('stays within 0 and 1 at the ends', () => {
    expect(wilson(0, 10)?.low).toBe(0);
    expect(wilson(10, 10)?.high).toBeCloseTo(1, 10);
    expect(wilson(0, 0)).toBeNull();
  });
});

describe('other numbers', () => {
  it('write probabilities with the digits that decide', () => {
    expect(probability(0.871)).toBe('0.87');
    expect(probability(0.9971)).toBe('0.997');
    expect(probability(0.99999)).toBe('>0.999');
    expect(probability(1)).toBe('1.00');
    expect(probability(0.0004)).toBe('<0.01');
  });

  it('write settings with the digits that they have', () => {
    expect(setting(0.95)).toBe('95%');
    expect(setting(0.975)).toBe('97.5%');
    expect(setting(0.1)).toBe('10%');
  });

  it('say where a count went no further', () => {
    expect(upTo(50, 49)).toBe('49');
    expect(upTo(10_000, 10_000)).toBe('10,000+');
  });

  it('choose the unit that fits', () => {
    expect(duration(42_000)).toBe('42 s');
    expect(duration(14 * 60_000)).toBe('14 min');
    expect(duration(3.5 * 3_600_000)).toBe('3.5 h');
    expect(duration(52 * 3_600_000)).toBe('2.2 d');
    expect(bytes(48_211)).toBe('48 kB');
  });

  it('write a chosen duration as it was chosen', () => {
    expect(lengthSetting(8 * 3_600_000)).toBe('8 h');
    expect(lengthSetting(90 * 60_000)).toBe('90 min');
    expect(lengthSetting(24 * 3_600_000)).toBe('24 h');
    expect(lengthSetting(72 * 3_600_000)).toBe('3 d');
    expect(lengthSetting(42_000)).toBe('42 s');
  });
});
