// Lines, bands and stacked columns over time, on one axis from zero, labelled directly, with
// flags where a policy changed.
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { dayOf } from '@/text/time';
import classes from './charts.module.css';
import { areaPath, linePath, spread, ticks } from './scale';

export type Series = {
  name: string;
  /** A colour token, such as --responder-learner. */
  hue: string;
  values: (number | null)[];
  /** With an upper edge, the series is drawn as a band. */
  upper?: (number | null)[];
  upperName?: string;
  /** Inside a band: what its edges are about. The line and the name stand there. */
  middle?: (number | null)[];
};

export type Goal = { value: number; name: string };

type Props = {
  kind: 'line' | 'stack';
  times: number[];
  series: Series[];
  format: (value: number) => string;
  flags?: { at: number; texts: string[] }[];
  max?: number;
  /** Drawn as a line across; the range reaches as far as it. */
  goal?: Goal;
  label: string;
  onHover?: (index: number | null) => void;
};

const height = 190;
const room = { top: 16, bottom: 22, left: 44 };

const numbers = (list: (number | null)[]) => list.filter((value) => value !== null);

function drawnTop({ kind, series, times }: Props): number {
  if (kind === 'line') {
    return Math.max(0, ...series.flatMap((one) => numbers(one.upper ?? one.values)));
  }
  const sums = times.map((_, at) => series.reduce((sum, one) => sum + (one.values[at] ?? 0), 0));
  return Math.max(0, ...sums);
}

const topOf = (props: Props) => Math.max(props.max ?? drawnTop(props), props.goal?.value ?? 0);

export function TimeChart(props: Props) {
  const { ref, width: measured } = useElementSize();
  return (
    <div ref={ref} className={classes.chart} style={{ height }}>
      {measured > 0 && props.times.length > 0 && <Drawing {...props} width={measured} />}
    </div>
  );
}

function Drawing(props: Props & { width: number }) {
  const { kind, times, series, format, flags = [], goal, label, onHover, width } = props;
  const [hovered, setHovered] = useState<number | null>(null);
  const marks = ticks(topOf(props));
  const top = marks[marks.length - 1] ?? 1;
  const right = Math.min(104, width * 0.24);
  const plot = { width: width - room.left - right, height: height - room.top - room.bottom };
  const first = times[0] ?? 0;
  const last = times[times.length - 1] ?? first;
  const slot = plot.width / times.length;
  const span = Math.max(1, last - first);
  // Columns stand in the middle of their slot; lines run through the same middles.
  const x = (at: number) => room.left + slot / 2 + ((at - first) / span) * (plot.width - slot);
  const y = (value: number) => room.top + plot.height * (1 - value / top);

  const hover = (event: React.PointerEvent<SVGSVGElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left - room.left;
    const index = Math.min(times.length - 1, Math.max(0, Math.floor(inside / slot)));
    setHovered(index);
    onHover?.(index);
  };
  const leave = () => {
    setHovered(null);
    onHover?.(null);
  };
  const every = Math.max(1, Math.ceil(times.length / Math.max(2, Math.floor(plot.width / 80))));

  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={label}
      onPointerMove={hover}
      onPointerLeave={leave}
    >
      {marks.map((mark) => (
        <g key={mark}>
          <line
            x1={room.left}
            x2={room.left + plot.width}
            y1={y(mark)}
            y2={y(mark)}
            className={mark === 0 ? classes.axis : classes.grid}
          />
          <text x={room.left - 8} y={y(mark) + 4} textAnchor="end" className={classes.tick}>
            {format(mark)}
          </text>
        </g>
      ))}
      {times.map(
        (at, index) =>
          index % every === 0 && (
            <text key={at} x={x(at)} y={height - 5} textAnchor="middle" className={classes.tick}>
              {dayOf(at)}
            </text>
          ),
      )}
      {flags.map((flag, index) => (
        <g key={flag.at} className={classes.flag}>
          <title>{flag.texts.join('\n')}</title>
          <line x1={x(flag.at)} x2={x(flag.at)} y1={room.top - 2} y2={room.top + plot.height} />
          <text x={x(flag.at)} y={room.top - 5} textAnchor="middle">
            {index + 1}
          </text>
        </g>
      ))}
      {goal && (
        <line
          x1={room.left}
          x2={room.left + plot.width}
          y1={y(goal.value)}
          y2={y(goal.value)}
          className={classes.goal}
        />
      )}
      {hovered !== null && (
        <line
          x1={x(times[hovered] ?? first)}
          x2={x(times[hovered] ?? first)}
          y1={room.top}
          y2={room.top + plot.height}
          className={classes.cross}
        />
      )}
      {kind === 'stack' ? (
        <Columns series={series} times={times} x={x} y={y} slot={slot} />
      ) : (
        <Lines series={series} times={times} x={x} y={y} />
      )}
      <Labels {...props} y={y} left={room.left + plot.width + 8} bottom={y(0)} />
    </svg>
  );
}

type Scales = { x: (at: number) => number; y: (value: number) => number };

function Lines({ series, times, x, y }: Pick<Props, 'series' | 'times'> & Scales) {
  return series.map(({ name, hue, values, upper, middle }) => {
    const known = times.flatMap((at, index) => {
      const low = values[index] ?? null;
      return low === null ? [] : [{ at: x(at), low: y(low), high: y(upper?.[index] ?? low) }];
    });
    const lows = known.map(({ at, low }): [number, number] => [at, low]);
    const inside = times.flatMap((at, index): [number, number][] => {
      const value = middle?.[index] ?? null;
      return value === null ? [] : [[x(at), y(value)]];
    });
    const highs = known.map(({ at, high }): [number, number] => [at, high]);
    return (
      <g key={name} style={{ '--hue': `var(${hue})` } as React.CSSProperties}>
        {upper && <path d={areaPath(highs, lows)} className={classes.band} />}
        {upper && <path d={linePath(highs)} className={classes.edge} />}
        <path d={linePath(lows)} className={middle ? classes.edge : classes.line} />
        {middle && <path d={linePath(inside)} className={classes.line} />}
      </g>
    );
  });
}

function Columns(props: Pick<Props, 'series' | 'times'> & Scales & { slot: number }) {
  const { series, times, x, y, slot } = props;
  const wide = Math.max(1, slot - Math.min(6, Math.max(1, slot * 0.22)));
  return times.map((at, index) => {
    let below = 0;
    return (
      <g key={at}>
        {series.map(({ name, hue, values }) => {
          const value = values[index] ?? 0;
          const from = below;
          below += value;
          return (
            <rect
              key={name}
              x={x(at) - wide / 2}
              width={wide}
              y={y(below)}
              height={Math.max(0, y(from) - y(below))}
              fill={`var(${hue})`}
            />
          );
        })}
      </g>
    );
  });
}

function Labels(props: Props & { y: Scales['y']; left: number; bottom: number }) {
  const { kind, series, goal, y, left, bottom } = props;
  let below = 0;
  const labels = series.flatMap(({ name, hue, values, upper, upperName, middle }) => {
    const last = (middle ?? values).at(-1) ?? 0;
    if (kind === 'stack') {
      below += last;
      return [{ name, hue, at: y(below - last / 2) }];
    }
    const high = upper?.[upper.length - 1];
    return [
      ...(upperName && high != null ? [{ name: upperName, hue, at: y(high) }] : []),
      { name, hue, at: y(last) },
    ];
  });
  if (goal) labels.push({ name: goal.name, hue: '--ink-soft', at: y(goal.value) });
  const apart = spread(
    labels.map((one) => one.at),
    15,
    bottom,
  );
  return labels.map(({ name, hue }, index) => (
    <text
      key={name}
      x={left}
      y={(apart[index] ?? 0) + 4}
      className={classes.label}
      fill={`var(${hue.startsWith('--responder') ? `${hue}-ink` : hue})`}
    >
      {name}
    </text>
  ));
}
