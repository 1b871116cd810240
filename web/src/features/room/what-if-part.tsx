// The what-if curve: one drags the target, everything else follows from the team's own history. The curve is fetched
// once; dragging computes here.
import { Slider } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { whatIfQuery } from '@/api/queries';
import type { Category, CurveStep, WhatIf } from '@/api/types';
import { count, percent, probability, rate, setting } from '@/text/number';
import { saved } from '@/text/saved';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Facts } from '@/ui/facts';
import { Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { type Month, monthOf, precisionOf, roughly, stepFor } from './curve';
import { CurveDrawing } from './curve-drawing';
import { ExamplesPart } from './examples-part';
import classes from './room.module.css';

export function WhatIfPart({ category }: { category: Category }) {
  const query = useQuery(whatIfQuery(category.id));
  return (
    <Section title={t('whatIf.title')} lead={t('whatIf.lead')}>
      {query.isPending && <Bones rows={1} height={300} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.data && query.data.seen === 0 && (
        <p className={classes.muted}>
          {t('whatIf.none')}. {t('whatIf.noneHelp')}
        </p>
      )}
      {query.data && query.data.seen > 0 && <Curve category={category} data={query.data} />}
    </Section>
  );
}

function Curve({ category, data }: { category: Category; data: WhatIf }) {
  const [target, setTarget] = useState(category.policy.precision);
  const step = stepFor(data.steps, target);
  const [settled] = useDebouncedValue(step?.threshold ?? null, 250);
  return (
    <>
      <div className={classes.target}>
        <span id="what-if-target">{t('whatIf.target')}</span>
        <Slider
          aria-labelledby="what-if-target"
          thumbLabel={t('whatIf.target')}
          min={70}
          max={99.5}
          step={0.5}
          label={null}
          value={Number((target * 100).toFixed(1))}
          onChange={(value) => setTarget(value / 100)}
        />
        <strong>{setting(target)}</strong>
      </div>
      <div className={classes.whatIf}>
        <CurveDrawing data={data} step={step} />
        <div aria-live="polite">
          {step ? (
            <Facts facts={facts(data, step)} />
          ) : (
            <p>{t('whatIf.unreached', { target: setting(target) })}</p>
          )}
        </div>
      </div>
      <p className={classes.hint}>
        {t('whatIf.basis', {
          n: data.seen,
          from: data.from === null ? '–' : dayOf(data.from),
          to: data.to === null ? '–' : dayOf(data.to),
        })}{' '}
        {certified(data)} {t('whatIf.expectation')}
      </p>
      {settled !== null && <ExamplesPart id={category.id} threshold={settled} />}
    </>
  );
}

function hoursOf({ hours }: Month): string {
  const { said, lost } = saved(hours, hours, 'h', roughly);
  return lost ? `${said}: ${t('number.lostWhy')}` : said;
}

function facts(data: WhatIf, step: CurveStep): [string, string][] {
  const month = monthOf(data, step);
  return [
    [t('whatIf.month'), t('whatIf.monthOf', { n: roughly(month.answers), month: data.month })],
    [t('whatIf.hours'), hoursOf(month)],
    [t('whatIf.wrong'), t('whatIf.wrongOf', { n: roughly(month.wrong) })],
    [t('whatIf.coverage'), rate(step.answered, data.seen)],
    [t('whatIf.right'), rate(step.right, step.answered)],
    [t('whatIf.threshold'), probability(step.threshold)],
  ];
}

function certified({ certified, seen }: WhatIf): string {
  if (!certified) return t('whatIf.uncertified');
  return t('whatIf.certified', {
    threshold: probability(certified.threshold),
    coverage: `${percent(certified.answered / seen, seen)} ${t('number.of', { n: seen })}`,
    right:
      certified.answered > 0
        ? `${percent(precisionOf(certified), certified.answered)} ${t('number.of', { n: certified.answered })}`
        : count(0),
  });
}
