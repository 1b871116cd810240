// The confidence line: a thin scale from 0 to 1, a tick at the threshold, a dot at the
// probability. The same drawing at every size, so that it has to be learned once.
// A filled dot stands at or beyond the threshold; a hollow one before it.

import type { Responder } from '@/api/types';
import { probability as format } from '@/text/number';
import { t } from '@/text/t';
import classes from './confidence-line.module.css';

type Props = {
  probability: number | null;
  threshold?: number | null;
  /** An interval around the probability, drawn as a band. */
  low?: number | null;
  high?: number | null;
  responder?: Responder;
  size?: 'row' | 'answer' | 'large';
  /** Filled though there is no threshold: the dot is a measured share. */
  measured?: boolean;
  /** What is aimed for, drawn dashed; with a name, that is written under it. */
  goal?: { value: number; name?: string };
  /** Written under the tick at the large size, between 0 and 1. */
  caption?: string;
  /** What the dot stands for, where it is not a ticket's probability. */
  label?: string;
};

const height = { row: 14, answer: 18, large: 26 } as const;
const captions = 14;
const radius = { row: 3, answer: 4, large: 5.5 } as const;

const percent = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;

export function describe(probability: number | null, threshold?: number | null): string {
  if (probability === null) return t('line.none');
  const values = { probability: format(probability) };
  if (threshold === null || threshold === undefined) return t('line.label', values);
  const both = { ...values, threshold: format(threshold) };
  return probability >= threshold ? t('line.above', both) : t('line.below', both);
}

export function ConfidenceLine(props: Props) {
  const { probability, threshold = null, responder = 'learner', size = 'answer' } = props;
  const h = height[size];
  const mid = h / 2;
  const r = radius[size];
  const reached =
    probability !== null &&
    (threshold === null ? props.measured === true : probability >= threshold);
  return (
    <svg
      className={classes.line}
      data-size={size}
      height={props.caption || props.goal?.name ? h + captions : h}
      width="100%"
      role="img"
      aria-label={props.label ?? describe(probability, threshold)}
      style={{ '--hue': `var(--responder-${responder})` } as React.CSSProperties}
    >
      {/* The scale keeps a dot's radius free at both ends, so that 0 and 1 are drawn whole. */}
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the outer drawing carries the label */}
      <svg x={r + 1} width={`calc(100% - ${2 * (r + 1)}px)`} height={h} overflow="visible">
        <line x1="0" x2="100%" y1={mid} y2={mid} className={classes.scale} />
        {threshold !== null && (
          <>
            <line x1={percent(threshold)} x2="100%" y1={mid} y2={mid} className={classes.beyond} />
            <line
              x1={percent(threshold)}
              x2={percent(threshold)}
              y1={mid - h * 0.36}
              y2={mid + h * 0.36}
              className={classes.tick}
            />
          </>
        )}
        {props.goal && <GoalMark {...props.goal} height={h} />}
        {props.low != null && props.high != null && (
          <line
            x1={percent(props.low)}
            x2={percent(props.high)}
            y1={mid}
            y2={mid}
            strokeWidth={r * 1.6}
            className={classes.band}
          />
        )}
        {props.caption && <Captions text={props.caption} at={threshold} y={h + captions - 3} />}
        {probability !== null && (
          <circle
            data-reached={reached}
            cx={percent(probability)}
            cy={mid}
            r={r}
            className={classes.dot}
          />
        )}
      </svg>
    </svg>
  );
}

function GoalMark({ value, name, height }: { value: number; name?: string; height: number }) {
  const x = percent(value);
  return (
    <g className={classes.captions}>
      <line x1={x} x2={x} y1={height * 0.14} y2={height} className={classes.goal} />
      {name && (
        <text x={x} y={height + captions - 3} textAnchor={anchorAt(value)}>
          {name}
        </text>
      )}
    </g>
  );
}

/** Text near an end of the scale is kept inside of it. */
const anchorAt = (at: number) => (at > 0.8 ? 'end' : at < 0.2 ? 'start' : 'middle');

function Captions({ text, at, y }: { text: string; at: number | null; y: number }) {
  return (
    <g className={classes.captions}>
      <text x="0" y={y}>
        0
      </text>
      <text x="100%" y={y} textAnchor="end">
        1
      </text>
      {at !== null && (
        <text x={percent(at)} y={y} textAnchor={at > 0.8 ? 'end' : 'middle'}>
          {text}
        </text>
      )}
    </g>
  );
}
