// A rate with its count and its interval, the interval also as a small drawing.
import { Tooltip } from '@mantine/core';
import { percent, rate, wilson } from '@/text/number';
import { t } from '@/text/t';

export function Rate({ hits, n }: { hits: number; n: number }) {
  const interval = wilson(hits, n);
  if (!interval) return <span style={{ color: 'var(--ink-muted)' }}>{t('number.none')}</span>;
  return (
    <Tooltip
      label={t('number.interval', {
        low: percent(interval.low, n),
        high: percent(interval.high, n),
      })}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition is reachable by keyboard */}
      <span tabIndex={0}>{rate(hits, n)}</span>
    </Tooltip>
  );
}
