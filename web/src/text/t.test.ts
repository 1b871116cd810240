import { describe, expect, it } from 'vitest';
import { t } from './t';
import { shortTime } from './time';

describe('texts', () => {
  it('fill their places, numbers with separators', () => {
    expect(t('policy.do.on', { share: '10%', name: 'Billing' })).toBe('Turn on for 10% of Billing');
    expect(t('inbox.end', { n: 1204 })).toBe('1,204 tickets');
  });

  it('choose the plural form', () => {
    expect(t('inbox.end', { n: 1 })).toBe('1 ticket');
    expect(t('inbox.end', { n: 0 })).toBe('0 tickets');
  });
});

describe('times in lists', () => {
  const now = new Date(2026, 10, 24, 15, 0).getTime();
  const ago = (ms: number) => shortTime(now - ms, now);

  it('grow coarser with age', () => {
    expect(ago(20_000)).toBe('now');
    expect(ago(12 * 60_000)).toBe('12 min');
    expect(ago(3 * 3_600_000)).toBe('12:00');
    expect(ago(2 * 86_400_000)).toBe('Sun');
    expect(ago(21 * 86_400_000)).toBe('3 Nov');
    expect(ago(400 * 86_400_000)).toBe('20 Oct 2025');
  });
});
