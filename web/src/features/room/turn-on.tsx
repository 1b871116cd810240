// Before a category turns on: what will happen, in numbers and words.
import { useQuery } from '@tanstack/react-query';
import { whatIfQuery } from '@/api/queries';
import type { Category, Policy } from '@/api/types';
import { percent, setting } from '@/text/number';
import { t } from '@/text/t';
import { monthOf, precisionOf, reached, roughly, thresholdAt } from './curve';
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
            {...monthOf(data, step, reached(draft))}
            all={data.month}
            right={precisionOf(step)}
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

function Expected(props: { answers: number; wrong: number; all: number; right: number }) {
  const { answers, wrong, all, right } = props;
  return (
    <>
      <li>{t('turnOn.answers', { n: roughly(answers), month: all })}</li>
      <li>{t('turnOn.wrong', { n: roughly(wrong), share: percent(1 - right, 100) })}</li>
    </>
  );
}
