// Satisfaction by who answered: the confidence line with its interval, the count, and how
// many answered the survey at all.
import type { Metrics, ResponderMetrics } from '@/api/types';
import { percent, rate, wilson } from '@/text/number';
import { t } from '@/text/t';
import { ChartFrame } from '@/ui/charts/chart-frame';
import { ConfidenceLine } from '@/ui/confidence-line';
import { ResponderMark } from '@/ui/marks';
import classes from './metrics.module.css';

const answered = (one: ResponderMetrics) =>
  one.surveys > 0
    ? t('metrics.answeredSurvey', {
        rate: percent((one.good + one.bad) / one.surveys, one.surveys),
        n: one.surveys,
      })
    : t('number.none');

export function Satisfaction({ metrics: { responders } }: { metrics: Metrics }) {
  return (
    <ChartFrame
      title={t('metrics.csat')}
      help={t('metrics.csatHelp')}
      table={{
        head: ['', t('metrics.csat'), ''],
        rows: responders.map((one) => ({
          key: one.responder,
          cells: [
            t(`responder.${one.responder}`),
            rate(one.good, one.good + one.bad),
            answered(one),
          ],
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
  const n = of.good + of.bad;
  const interval =
    of.csat_low !== null && of.csat_high !== null
      ? { low: of.csat_low, high: of.csat_high }
      : wilson(of.good, n);
  const said = rate(of.good, n);
  return (
    <li>
      <div>
        <ResponderMark responder={of.responder} named />
        <span className={classes.csatRate}>{said}</span>
      </div>
      <ConfidenceLine
        measured
        responder={of.responder}
        probability={n > 0 ? of.good / n : null}
        low={interval?.low}
        high={interval?.high}
        label={`${t(`responder.${of.responder}`)}: ${said}`}
      />
      <p className={classes.note}>{answered(of)}</p>
    </li>
  );
}
