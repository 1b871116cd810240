// The learner's versions: train another, or go back to an earlier one.
import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { api } from '@/api/client';
import { modelsQuery } from '@/api/queries';
import type { Models, ModelVersion } from '@/api/types';
import { isAdmin, useSession } from '@/features/session/use-session';
import { bytes, count, percent } from '@/text/number';
import { t } from '@/text/t';
import { fullTime, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Defined } from '@/ui/defined';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { Table } from '@/ui/table';
import { toast } from '@/ui/toasts';
import { ChangesRow } from './changes-row';
import classes from './models.module.css';

export function ModelsPage() {
  const query = useQuery({
    ...modelsQuery,
    // Live events tell of progress; asking too covers a line that is down.
    refetchInterval: ({ state }) => (state.data?.training ? 3_000 : false),
  });
  const client = useQueryClient();
  const admin = isAdmin(useSession());
  const train = useMutation({
    mutationFn: () => api.post('/models/training'),
    onSuccess: () => {
      toast({ text: t('models.started') });
      client.invalidateQueries({ queryKey: ['models'] });
    },
    onError: reportError,
  });
  const { data } = query;
  const button = admin && (
    <Button
      loading={train.isPending}
      disabled={data?.training != null}
      onClick={() => train.mutate()}
    >
      {t('models.train')}
    </Button>
  );
  return (
    <Page wide title={t('models.title')} lead={t('models.lead')} actions={button}>
      <div className={classes.training} aria-live="polite">
        {data?.training && <Training training={data.training} />}
        {data && !data.training && data.items.length > 0 && (
          <p className={classes.muted}>
            {outlook(data.next)} {admin && <Link to="/settings">{t('models.next.change')}</Link>}
          </p>
        )}
      </div>
      {query.isPending && <Bones rows={5} height={43} />}
      {query.isError && !data && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {data && data.items.length === 0 && (
        <Empty icon="model" title={t('models.none')} help={t('models.noneHelp')}>
          {button}
        </Empty>
      )}
      {data?.unreadable && (
        <p role="alert" className={classes.unreadable}>
          {t('models.unreadable', { why: data.unreadable })}
        </p>
      )}
      {data && data.items.length > 0 && <Versions models={data} admin={admin} />}
    </Page>
  );
}

/** What the next training waits for. */
function outlook({ when, new_labels, enough, next_at }: Models['next']): string {
  const n = new_labels;
  if (when === 'enough') return t('models.next.enough', { n, enough: count(enough) });
  if (next_at === null) return t('models.next.off', { n });
  const at = fullTime(next_at);
  return n === 0 ? t('models.next.nothing', { at }) : t('models.next.at', { n, at });
}

function Training({ training }: { training: NonNullable<Models['training']> }) {
  return (
    <>
      <p>
        {t('models.training', { phase: training.phase })}{' '}
        <span className={classes.muted}>{percent(training.progress)}</span>
      </p>
      <Progress
        value={training.progress * 100}
        size="sm"
        aria-label={t('models.training', { phase: training.phase })}
      />
    </>
  );
}

const measures = [
  ['models.accuracy', 'models.accuracyHelp'],
  ['models.f1', 'models.f1Help'],
  ['models.ece', 'models.eceHelp'],
] as const;

function Versions({ models, admin }: { models: Models; admin: boolean }) {
  return (
    <Table dense className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('models.version')}</th>
          <th scope="col">{t('models.made')}</th>
          <th scope="col">{t('models.reads')}</th>
          <th scope="col">{t('models.rows')}</th>
          <th scope="col">{t('models.labels')}</th>
          {measures.map(([name, help]) => (
            <th key={name} scope="col">
              <Defined word={t(name)} by={t(help)} />
            </th>
          ))}
          <th scope="col">{t('models.size')}</th>
          <th scope="col">
            <span className="visually-hidden">{t('models.state')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {models.items.map((one) => (
          <Fragment key={one.version}>
            <Row model={one} inUse={one.version === models.in_use} admin={admin} />
            <ChangesRow model={one} />
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

type RowProps = { model: ModelVersion; inUse: boolean; admin: boolean };

function Row({ model: { version, created_at, bytes: size, summary }, inUse, admin }: RowProps) {
  const client = useQueryClient();
  const use = useMutation({
    mutationFn: () => api.post(`/models/${version}/use`),
    onSuccess: () => {
      toast({ text: t('models.using', { version: String(version) }) });
      client.invalidateQueries({ queryKey: ['models'] });
      client.invalidateQueries({ queryKey: ['categories'] });
    },
    onError: reportError,
  });
  const share = (value?: number) => (value === undefined ? '–' : percent(value, 1000));
  const whole = (value?: number) => (value === undefined ? '–' : count(value));
  return (
    <tr data-use={inUse}>
      <th scope="row">{version}</th>
      <td title={fullTime(created_at)}>{messageTime(created_at)}</td>
      <td>{summary?.kind ?? '–'}</td>
      <td>{whole(summary?.train_size)}</td>
      <td>{whole(summary?.labels)}</td>
      <td>{share(summary?.accuracy)}</td>
      <td>{share(summary?.macro_f1)}</td>
      <td>{share(summary?.ece)}</td>
      <td>{bytes(size)}</td>
      <td>
        {inUse ? (
          <span className={classes.use}>{t('models.inUse')}</span>
        ) : (
          admin && (
            <Button
              variant="default"
              size="compact-sm"
              loading={use.isPending}
              onClick={() => use.mutate()}
            >
              {t('models.use', { version: String(version) })}
            </Button>
          )
        )}
      </td>
    </tr>
  );
}
