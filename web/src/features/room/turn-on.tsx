// Before a category turns on: what will happen, in numbers and words.
import { useQuery } from '@tanstack/react-query';
import { whatIfQuery } from '@/api/queries';
import type { Category, CurveStep, Policy } from '@/api/types';
import { bound, setting, wilson } from '@/text/number';
import { t } from '@/text/t';
import { type Month, monthOf, reached, roughly, thresholdAt } from './curve';
import classes from './room.module.css';

type Draft = Pick<Policy, 'precision' | 'confidence' | 'rollout' | 'holdout' | 'blind'>;

export function TurnOn({ category, draft }: { category: Category; draft: Draft }) {
  const { data } = useQuery(whatIfQuery(category.id));
  const { certificate, need } = category;
  const proved =
    certificate !== null && Math.abs(certificate.target - draft.precision) < 1e-9
      ? certificate
      : null;
  const target = setting(draft.precision);
  const step = data ? thresholdAt(data, draft.precision, proved?.target ?? null) : null;
  return (
    <div className={classes.turnOn} aria-live="polite">
      <h3>{t('turnOn.title')}</h3>
      <ul>
        {data && data.seen === 0 && <li>{t('turnOn.unknown')}</li>}
        {data && data.seen > 0 && !step && <li>{t('turnOn.nothing', { target })}</li>}
        {data && step && (
          <Expected
            month={monthOf(data, step, reached(draft))}
            all={data.month}
            step={step}
            proved={proved !== null}
          />
        )}
        <li>
          {t('turnOn.who', {
            rollout: setting(draft.rollout),
            holdout: setting(draft.holdout),
            blind: setting(draft.blind),
          })}
        </li>
        <li>
          {proved
            ? t('turnOn.certificate', { confidence: setting(proved.confidence), target })
            : t('turnOn.missing', { target })}
          {!proved && need !== null && need.more > 0 && ` ${t('room.collect', { n: need.more })}.`}
        </li>
      </ul>
    </div>
  );
}

type ExpectedProps = { month: Month; all: number; step: CurveStep; proved: boolean };

function Expected({ month, all, step, proved }: ExpectedProps) {
  const wrong = wilson(step.answered - step.right, step.answered);
  const values = { n: roughly(month.answers), month: all };
  return (
    <>
      <li>{proved ? t('turnOn.answers', values) : t('turnOn.answersOnce', values)}</li>
      {wrong && (
        <li>
          {t('turnOn.wrong', {
            n: roughly(month.wrong),
            low: bound(wrong.low, step.answered),
            high: `${bound(wrong.high, step.answered)}%`,
            seen: step.answered,
          })}
        </li>
      )}
    </>
  );
}
