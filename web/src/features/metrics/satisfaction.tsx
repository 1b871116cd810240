// Satisfaction by who answered: the confidence line with its interval, the count, and how
// many answered the survey at all.
import type { Metrics, ResponderMetrics } from '@/api/types';
import { bound, percent } from '@/text/number';
import { t } from '@/text/t';
import { ChartFrame } from '@/ui/charts/chart-frame';
import { ConfidenceLine } from '@/ui/confidence-line';
import { ResponderMark } from '@/ui/marks';
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

export function Satisfaction({ metrics: { responders } }: { metrics: Metrics }) {
  return (
    <ChartFrame
      title={t('metrics.csat')}
      help={t('metrics.csatHelp')}
      table={{
        head: ['', t('metrics.csat'), ''],
        rows: responders.map((one) => ({
          key: one.responder,
          cells: [t(`responder.${one.responder}`), share(one), answered(one)],
        })),
      }}
    >
      <ul className={classes.csat}>
        {responders.map((one) => (
          <Line key={one.responder} of={one} />
        ))}
      </ul>
    </ChartFrame>
  );
}

function Line({ of }: { of: ResponderMetrics }) {
  const { csat } = of;
  const said = share(of);
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
        label={`${t(`responder.${of.responder}`)}: ${said}`}
      />
      <p className={classes.note}>{answered(of)}</p>
    </li>
  );
}
