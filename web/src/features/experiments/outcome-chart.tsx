// The intervals of both sides day by day: bands that narrow, and part once the sides differ.
import { useState } from 'react';
import type { ExperimentOutcome } from '@/api/types';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { ChartFrame } from '@/ui/charts/chart-frame';
import { TimeChart } from '@/ui/charts/time-chart';
import { chartScale, chartText, estimateText, outcomeText, sideName } from './words';

const hues = { a: '--ink-muted', b: '--accent' } as const;
const sides = ['a', 'b'] as const;

export function OutcomeChart({ of }: { of: ExperimentOutcome }) {
  const [at, setAt] = useState<number | null>(null);
  const { path } = of;
  if (path.length < 2) return null;
  const { name, help } = outcomeText(of);
  const drawn = (value: number | null) => (value === null ? null : value * chartScale(of));
  const point = at === null ? undefined : path[at];
  return (
    <ChartFrame
      title={t('experiment.overTime', { outcome: name })}
      help={t('experiment.overTimeHelp', { help })}
      reading={
        point &&
        `${dayOf(point.at)}: ${sides
          .map((side) => `${sideName(side)} ${estimateText(of, point[side])}`)
          .join(', ')}`
      }
      table={{
        head: [
          t('experiment.day'),
          ...sides.map((side) => t('experiment.side', { side: sideName(side) })),
        ],
        rows: path.map((one) => ({
          key: String(one.at),
          cells: [dayOf(one.at), ...sides.map((side) => estimateText(of, one[side]))],
        })),
      }}
    >
      <TimeChart
        kind="line"
        label={t('experiment.overTimeHelp', { help })}
        times={path.map((one) => one.at)}
        format={(value) => chartText(of, value)}
        max={of.outcome === 'time' ? undefined : 1}
        onHover={setAt}
        series={sides.map((side) => ({
          name: sideName(side),
          hue: hues[side],
          values: path.map((one) => drawn(one[side].low)),
          upper: path.map((one) => drawn(one[side].high)),
          middle: path.map((one) => drawn(one[side].mean)),
        }))}
      />
    </ChartFrame>
  );
}
