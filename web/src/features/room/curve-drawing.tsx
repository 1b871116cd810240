// The curve over the confidence line: by threshold, how much would be answered, and how much of that rightly, with
// its interval. The dot on the axis is the threshold chosen, the tick the certificate's.
import { useElementSize } from '@mantine/hooks';
import type { CurveStep, WhatIf } from '@/api/types';
import { percent, probability, setting, wilson } from '@/text/number';
import { t } from '@/text/t';
import { areaPath, linePath, spread } from '@/ui/charts/scale';
import { precisionOf } from './curve';
import classes from './room.module.css';

const height = 230;
const room = { top: 14, bottom: 40, left: 44, right: 76 };
const marks = [0, 0.25, 0.5, 0.75, 1];

type Props = { data: WhatIf; step: CurveStep | null };

export function CurveDrawing(props: Props) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} style={{ height }}>
      {width > 0 && <Drawing {...props} width={width} />}
    </div>
  );
}

function Drawing({ data, step, width }: Props & { width: number }) {
  const plot = { width: width - room.left - room.right, height: height - room.top - room.bottom };
  const x = (score: number) => room.left + plot.width * score;
  const y = (share: number) => room.top + plot.height * (1 - share);
  const axis = y(0) + 14;
  // Fewer than ten tickets draw noise, not a curve.
  const solid = data.steps.filter((one) => one.answered >= Math.min(10, data.seen));
  const points = (value: (one: CurveStep) => number) =>
    solid.map((one): [number, number] => [x(one.threshold), y(value(one))]);
  const edge = (side: 'low' | 'high') =>
    points((one) => wilson(one.right, one.answered)?.[side] ?? 0);
  const last = solid[0];
  const labels = spread(
    last ? [y(last.answered / data.seen), y(precisionOf(last))].sort((a, b) => a - b) : [],
    15,
    y(0),
  );
  const label = t('whatIf.curve', {
    threshold: step ? probability(step.threshold) : '–',
    coverage: step ? percent(step.answered / data.seen, data.seen) : '–',
    right: step ? percent(precisionOf(step), step.answered) : '–',
  });
  return (
    <svg width={width} height={height} role="img" aria-label={label} className={classes.drawing}>
      {marks.map((mark) => (
        <g key={mark}>
          <line className={classes.grid} x1={x(0)} x2={x(1)} y1={y(mark)} y2={y(mark)} />
          <text className={classes.tick} x={x(0) - 8} y={y(mark) + 4} textAnchor="end">
            {setting(mark)}
          </text>
          <text className={classes.tick} x={x(mark)} y={height - 4} textAnchor="middle">
            {mark}
          </text>
        </g>
      ))}
      <path className={classes.rightBand} d={areaPath(edge('high'), edge('low'))} />
      <path className={classes.rightLine} d={linePath(points(precisionOf))} />
      <path
        className={classes.answeredLine}
        d={linePath(points((one) => one.answered / data.seen))}
      />
      {last && (
        <>
          <text className={classes.rightLabel} x={x(1) + 8} y={(labels[0] ?? 0) + 4}>
            {t('whatIf.right').split(' ')[0]}
          </text>
          <text className={classes.answeredLabel} x={x(1) + 8} y={(labels[1] ?? 0) + 4}>
            {t('whatIf.coverage')}
          </text>
        </>
      )}
      <line className={classes.scale} x1={x(0)} x2={x(1)} y1={axis} y2={axis} />
      {data.certified && (
        <g className={classes.certificate}>
          <line
            x1={x(data.certified.threshold)}
            x2={x(data.certified.threshold)}
            y1={room.top}
            y2={axis + 7}
          />
          {/* Above the drawing, where neither curve runs. */}
          <text x={x(data.certified.threshold)} y={room.top - 5} textAnchor="middle">
            {t('whatIf.certificateMark')}
          </text>
        </g>
      )}
      {step && (
        <g className={classes.chosen}>
          <line x1={x(step.threshold)} x2={x(step.threshold)} y1={room.top} y2={axis} />
          <circle cx={x(step.threshold)} cy={axis} r={5.5} />
          <circle cx={x(step.threshold)} cy={y(precisionOf(step))} r={3.5} />
          <circle cx={x(step.threshold)} cy={y(step.answered / data.seen)} r={3.5} />
        </g>
      )}
    </svg>
  );
}
