// The last weeks by day, so that a beginning can be seen.
import { useState } from 'react';
import type { Drift } from '@/api/types';
import { count, percent } from '@/text/number';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { ChartFrame } from '@/ui/charts/chart-frame';
import { TimeChart } from '@/ui/charts/time-chart';

const lines = [
  ['mix', '--responder-crowd'],
  ['words', '--responder-learner'],
  ['novelty', '--responder-agent'],
] as const;

export function DayChart({ item: { days, drifted } }: { item: Drift }) {
  const [at, setAt] = useState<number | null>(null);
  const day = at === null ? undefined : days[at];
  const shown = (share: number) => percent(share, 1000);
  return (
    <ChartFrame
      title={t('drift.days')}
      help={t('drift.daysHelp')}
      reading={
        day &&
        `${dayOf(day.at)}: ${lines.map(([key]) => `${t(`drift.${key}`)} ${shown(day[key])}`).join(', ')}`
      }
      table={{
        head: [t('drift.day'), t('drift.ticketCount'), ...lines.map(([key]) => t(`drift.${key}`))],
        rows: days.map((one) => ({
          key: String(one.at),
          cells: [dayOf(one.at), count(one.tickets), ...lines.map(([key]) => shown(one[key]))],
        })),
      }}
    >
      <TimeChart
        kind="line"
        label={t('drift.daysHelp')}
        times={days.map((one) => one.at)}
        format={(share) => percent(share)}
        flags={drifted ? [{ at: drifted.since, texts: [t('drift.began')] }] : []}
        max={Math.max(0.1, ...days.flatMap((one) => lines.map(([key]) => one[key])))}
        onHover={setAt}
        series={lines.map(([key, hue]) => ({
          name: t(`drift.${key}`),
          hue,
          values: days.map((one) => one[key]),
        }))}
      />
    </ChartFrame>
  );
}
