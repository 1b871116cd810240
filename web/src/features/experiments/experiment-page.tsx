// One experiment: what it shows in words, what is compared, the outcomes, and how it ends.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/api/client';
import { experimentQuery } from '@/api/queries';
import type { ExperimentDetail, Side } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { count, setting } from '@/text/number';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { BackLink } from '@/ui/back-link';
import { Bones } from '@/ui/bones';
import { Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import classes from './experiments.module.css';
import { OutcomeChart } from './outcome-chart';
import { OutcomesTable } from './outcomes-table';
import { StateMark } from './state-mark';
import { scopeText, sideName, sideText } from './words';

export function ExperimentPage({ id }: { id: string }) {
  const query = useQuery(experimentQuery(id));
  const item = query.data;
  const may = useSession().may_switch;
  return (
    <Page
      wide
      title={item?.name ?? t('experiments.title')}
      lead={item && scopeText(item)}
      back={<BackLink to="/experiments">{t('experiments.title')}</BackLink>}
      actions={item && <StateMark item={item} />}
    >
      {query.isPending && <Bones rows={6} height={60} />}
      {query.isError && !item && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {item && (
        <>
          <div className={classes.shows} role="status" data-better={!!item.verdict.better}>
            <h2>{t('experiment.shows')}</h2>
            <p>{item.verdict.text}</p>
            {may && item.state === 'draft' && <Start item={item} />}
          </div>
          <Facts item={item} />
          {item.state !== 'draft' && (
            <Section title={t('experiment.outcomes')} lead={t('experiment.outcomesHelp')}>
              <OutcomesTable outcomes={item.outcomes} />
              <div className={classes.charts}>
                {item.outcomes.map((outcome) => (
                  <OutcomeChart key={`${outcome.outcome} ${outcome.silent}`} of={outcome} />
                ))}
              </div>
            </Section>
          )}
          {may && item.state !== 'draft' && !item.adopted && <End item={item} />}
        </>
      )}
    </Page>
  );
}

/** What a step of an experiment comes to, told and shown. */
function useStep(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: object; done: string }) =>
      api.post<ExperimentDetail>(`/experiments/${id}/${path}`, body),
    onError: reportError,
    onSuccess: (item, { done }) => {
      client.setQueryData(experimentQuery(id).queryKey, item);
      client.invalidateQueries({ queryKey: ['experiments'] });
      toast({ text: done });
    },
  });
}

/** How many tickets a side has, opened down to them. */
function TicketsOf({ item, side }: { item: ExperimentDetail; side: Side }) {
  const text = t('experiment.tickets', {
    n: side === 'a' ? item.tickets_a : item.tickets_b,
    side: sideName(side),
  });
  return (
    <Link
      to="/inbox/$view"
      params={{ view: 'all' }}
      search={{ experiment: item.id, side }}
      className={classes.link}
    >
      {text}
    </Link>
  );
}

function Start({ item }: { item: ExperimentDetail }) {
  const step = useStep(item.id);
  return (
    <Button
      loading={step.isPending}
      onClick={() => step.mutate({ path: 'start', body: {}, done: t('experiment.started') })}
    >
      {t('experiment.start', { share: setting(item.share) })}
    </Button>
  );
}

function Facts({ item }: { item: ExperimentDetail }) {
  const { subject } = item;
  const times = [
    t('experiment.made.at', { name: item.created_by, at: messageTime(item.created_at) }),
    item.started_at && t('experiment.started.at', { at: messageTime(item.started_at) }),
    item.ended_at && t('experiment.ended.at', { at: messageTime(item.ended_at) }),
    !item.ended_at && item.ends_at && t('experiment.ends.at', { at: messageTime(item.ends_at) }),
  ];
  const rated = ({ count: rated, of }: ExperimentDetail['answered_a']) =>
    `${count(rated)} of ${count(of)}`;
  return (
    <dl className={classes.facts}>
      <dt>{t('experiment.what')}</dt>
      <dd>
        {item.same && <p>{t('experiment.same')}</p>}
        {(['a', 'b'] as const).map((side) => (
          <div key={side} className={classes.side}>
            <strong data-side={side}>{sideName(side)}</strong>
            <span>
              {sideText(item, side)}
              {subject.kind === 'wording' && <q className={classes.text}>{subject[side]}</q>}
            </span>
          </div>
        ))}
      </dd>
      <dt>{t('experiment.takesPart')}</dt>
      <dd>
        {t('experiment.part', { share: setting(item.share) })} <TicketsOf item={item} side="a" />,{' '}
        <TicketsOf item={item} side="b" />
      </dd>
      <dt>{t('experiment.counting')}</dt>
      <dd>{t('experiment.countedOf', { counted: item.counted, all: item.taking_part })}</dd>
      {item.answered_a.of + item.answered_b.of > 0 && (
        <>
          <dt>{t('experiment.answered')}</dt>
          <dd>
            {t('experiment.answeredOf', { a: rated(item.answered_a), b: rated(item.answered_b) })}
          </dd>
        </>
      )}
      <dt>{t('experiment.time')}</dt>
      <dd>{times.filter(Boolean).join(', ')}</dd>
      {item.reason && (
        <>
          <dt>{t('experiment.reason')}</dt>
          <dd>{item.reason}</dd>
        </>
      )}
    </dl>
  );
}

function End({ item }: { item: ExperimentDetail }) {
  const [reason, setReason] = useState('');
  const step = useStep(item.id);
  const adopt = (side: Side) =>
    step.mutate({
      path: 'adoption',
      body: { side },
      done: t('experiment.adopted', { side: sideName(side) }),
    });
  return (
    <Section title={t('experiment.end')} lead={t('experiment.adoptHelp')}>
      <div className={classes.deeds}>
        {(['a', 'b'] as const).map((side) => (
          <Button
            key={side}
            variant={item.verdict.better === side ? 'filled' : 'default'}
            disabled={step.isPending}
            onClick={() => adopt(side)}
          >
            {t('experiment.adopt', { side: sideName(side) })}
          </Button>
        ))}
      </div>
      {item.state === 'running' && (
        <form
          className={classes.stop}
          onSubmit={(event) => {
            event.preventDefault();
            step.mutate({ path: 'stop', body: { reason }, done: t('experiment.stopped') });
          }}
        >
          <TextInput
            label={t('experiment.stopReason')}
            description={t('experiment.stopHelp')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={step.isPending}>
            {t('experiment.stop')}
          </Button>
        </form>
      )}
    </Section>
  );
}
