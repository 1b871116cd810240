// One number: its definition, what it counts, and how it differs from the period before.
import { t } from '@/text/t';
import { Defined } from '@/ui/defined';
import type { Change } from './change';
import classes from './metrics.module.css';

type Props = {
  name: string;
  help: string;
  value: React.ReactNode;
  note: React.ReactNode;
  /** In words where a difference says little. */
  change: Change | string | null;
};

export function Figure({ name, help, value, note, change }: Props) {
  return (
    <div className={classes.figure}>
      <span className={classes.note}>
        <Defined word={name} by={help} />
      </span>
      <strong>{value}</strong>
      <span className={classes.note}>{note}</span>
      <span className={classes.note}>{typeof change === 'string' ? change : said(change)}</span>
    </div>
  );
}

/** "▲ 3 points (−1 to 7) on the period before" */
function said(change: Change | null): string {
  if (!change) return t('metrics.nothingBefore');
  const { by, low, high } = change;
  const arrow = by > 0 ? '▲' : by < 0 ? '▼' : '=';
  const size = (value: number) => (Math.abs(value) * 100).toFixed(Math.abs(value) < 0.1 ? 1 : 0);
  const signed = (value: number) => `${value < 0 ? '−' : ''}${size(value)}`;
  return low === undefined || high === undefined
    ? t('metrics.changeShare', { arrow, by: `${size(by)}%` })
    : t('metrics.changePoints', { arrow, by: size(by), low: signed(low), high: signed(high) });
}
