// What automatic answers saved in hours and money, or cost.
import type { Metrics } from '@/api/types';
import { count } from '@/text/number';
import { saved as amountOf } from '@/text/saved';
import { t } from '@/text/t';
import { ofNumbers } from './change';
import { Figure } from './figure';

type Saved = Metrics['saved'];

const whole = (value: number) => count(Math.round(value));
const hoursOf = (saved: Saved) => amountOf(saved.hours_low, saved.hours_high, 'h', whole);

function moneyOf({ money_low, money_high }: Saved, currency: string): string | null {
  if (money_low === null || money_high === null) return null;
  return amountOf(money_low, money_high, currency, whole).said;
}

export function SavedFigure({ metrics: { saved, work, before } }: { metrics: Metrics }) {
  const assumed = { minutes: work.minutes_per_ticket, mistake: work.minutes_per_mistake };
  const hours = hoursOf(saved);
  const note = moneyOf(saved, work.currency) ?? t('metrics.assumed', assumed);
  // A share of a loss tells nothing.
  const comparable = saved.hours_high >= 0 && before.saved.hours_high >= 0;
  return (
    <Figure
      name={t('metrics.saved')}
      help={t('metrics.savedHelp', assumed)}
      value={hours.said}
      note={hours.lost ? `${t('number.lostWhy')}; ${note}` : note}
      change={
        comparable
          ? ofNumbers(saved.hours_high, before.saved.hours_high)
          : t('metrics.before', { amount: hoursOf(before.saved).said })
      }
    />
  );
}
