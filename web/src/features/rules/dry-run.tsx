// A rule tried on past tickets: how many it would have answered, how often rightly, and which.
import { Button, Select } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/api/client';
import type { DryRun, Rule } from '@/api/types';
import { count } from '@/text/number';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { Facts } from '@/ui/facts';
import { ProblemNote } from '@/ui/problem-note';
import { Rate } from '@/ui/rate';
import classes from './rules.module.css';

const spans = [7, 28, 90, 366];

type Props = { rule?: string; answer: string | null; conditions: Rule['conditions'] };

export function DryRunPart({ rule, answer, conditions }: Props) {
  const [days, setDays] = useState(28);
  const asked = { rule, answer, conditions, days };
  const run = useMutation({
    mutationFn: (body: typeof asked) => api.post<DryRun>('/rules/dry-run', body),
  });
  const stale = JSON.stringify(run.variables) !== JSON.stringify(asked);
  return (
    <section className={classes.tried} aria-label={t('dryRun.title')}>
      <div className={classes.try}>
        <h3>{t('dryRun.title')}</h3>
        <Select
          aria-label={t('dryRun.period')}
          size="xs"
          w={140}
          allowDeselect={false}
          data={spans.map((n) => ({ value: String(n), label: t('dryRun.days', { n }) }))}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
        />
        <Button
          size="xs"
          variant="default"
          disabled={answer === null}
          loading={run.isPending}
          onClick={() => run.mutate(asked)}
        >
          {t(run.data ? 'dryRun.again' : 'dryRun.run')}
        </Button>
        <span className={classes.hint}>{t('dryRun.help')}</span>
      </div>
      {run.isError && <ProblemNote error={run.error} />}
      {run.data && (
        <div aria-live="polite">
          {stale && <p className={classes.hint}>{t('dryRun.stale')}</p>}
          <Result run={run.data} />
        </div>
      )}
    </section>
  );
}

function Result({ run }: { run: DryRun }) {
  if (run.tickets.length === 0) return <p>{t('dryRun.none', { n: run.tried })}</p>;
  const names = run.categories.slice(0, 3).map((one) => `${one.name} (${count(one.tickets)})`);
  return (
    <>
      <Facts
        facts={[
          [t('dryRun.answered'), <Rate key="answered" hits={run.answered} n={run.tried} />],
          [t('dryRun.right'), <Rate key="right" hits={run.right.count} n={run.right.of} />],
          [t('dryRun.on'), count(run.switched_on)],
          [t('dryRun.earlier'), count(run.earlier)],
          [t('dryRun.never'), count(run.never)],
        ]}
      />
      <p className={classes.hint}>
        {names.length > 0 && t('dryRun.where', { names: names.join(', ') })}{' '}
        {run.cut && t('dryRun.cut', { n: run.tried })}{' '}
        {t('dryRun.shown', { n: run.tickets.length })}
      </p>
      <ul className={classes.met}>
        {run.tickets.map((one) => (
          <Met key={one.number} one={one} />
        ))}
      </ul>
    </>
  );
}

function Met({ one }: { one: DryRun['tickets'][number] }) {
  const was = one.truth ? t('dryRun.was', { answer: one.truth.title }) : t('dryRun.wasNothing');
  const note = one.outcome === 'wrong' ? was : one.why;
  return (
    <li>
      <span className={classes.outcome} data-outcome={one.outcome}>
        {t(`dryRun.outcome.${one.outcome}`)}
      </span>
      <Link to="/tickets/$number" params={{ number: String(one.number) }} target="_blank">
        {one.title}
      </Link>
      <time>{dayOf(one.at)}</time>
      {note && <small>{note}</small>}
    </li>
  );
}
