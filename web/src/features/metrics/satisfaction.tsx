// Satisfaction by who answered: the confidence line with its interval, the count, and how
// many answered the survey at all.
import type { Metrics, ResponderMetrics } from '@/api/types';
import { bound, percent } from '@/text/number';
import { t } from '@/text/t';
import { ChartFrame } from '@/ui/charts/chart-frame';
import type { Goal } from '@/ui/charts/time-chart';
import { ConfidenceLine } from '@/ui/confidence-line';
import { ResponderMark } from '@/ui/marks';
import { goalOf } from './goal';
import classes from './metrics.module.css';

const answered = ({ response_rate }: ResponderMetrics) =>
  response_rate.rate === null
    ? t('number.none')
    : t('metrics.answeredSurvey', {
        rate: percent(response_rate.rate, response_rate.of),
        n: response_rate.of,
      });

const share = ({ csat }: ResponderMetrics) =>
  csat.rate === null
    ? t('number.none')
    : t('number.rate', {
        rate: percent(csat.rate, csat.of),
        count: csat.of,
        low: bound(csat.low, csat.of),
        high: `${bound(csat.high, csat.of)}%`,
      });

export function Satisfaction({ metrics: { responders, goals } }: { metrics: Metrics }) {
  const goal = goalOf(goals, 'csat');
  return (
    <ChartFrame
      title={t('metrics.csat')}
      help={t('metrics.csatHelp')}
      table={{
        head: [t('metrics.dimension.responder'), t('metrics.csat'), t('metrics.surveys')],
        rows: responders.map((one) => ({
          key: one.responder,
          cells: [t(`responder.${one.responder}`), share(one), answered(one)],
        })),
      }}
    >
      <ul className={classes.csat}>
        {responders.map((one, index) => (
          <Line key={one.responder} of={one} goal={goal} named={index === responders.length - 1} />
        ))}
      </ul>
    </ChartFrame>
  );
}

type LineProps = { of: ResponderMetrics; goal?: Goal; named: boolean };

/** The goal runs through all lines; the last says what it is. */
function Line({ of, goal, named }: LineProps) {
  const { csat } = of;
  const said = share(of);
  const aim = goal ? `; ${goal.name}` : '';
  return (
    <li>
      <div>
        <ResponderMark responder={of.responder} named />
        <span className={classes.csatRate}>{said}</span>
      </div>
      <ConfidenceLine
        measured
        responder={of.responder}
        probability={csat.rate}
        low={csat.rate === null ? null : csat.low}
        high={csat.rate === null ? null : csat.high}
        goal={goal && { value: goal.value, name: named ? goal.name : undefined }}
        label={`${t(`responder.${of.responder}`)}: ${said}${aim}`}
      />
      <p className={classes.note}>{answered(of)}</p>
    </li>
  );
}
