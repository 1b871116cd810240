// Whether the questions are still those that the certificates were made from: what moved, since
// when, and which tickets show it.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { driftQuery } from '@/api/queries';
import type { Drift } from '@/api/types';
import { isAdmin, useSession } from '@/features/session/use-session';
import { count, percent } from '@/text/number';
import { t } from '@/text/t';
import { dayOf, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Empty, Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { Table } from '@/ui/table';
import { toast } from '@/ui/toasts';
import { DayChart } from './day-chart';
import classes from './drift.module.css';

export function DriftPage() {
  const query = useQuery(driftQuery);
  const admin = isAdmin(useSession());
  const look = useMutation({
    mutationFn: () => api.post('/drift/look'),
    onSuccess: () => toast({ text: t('drift.asked') }),
    onError: reportError,
  });
  const items = query.data?.items;
  const [whole, ...rest] = items ?? [];
  const button = admin && (
    <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
      {t('drift.look')}
    </Button>
  );
  return (
    <Page wide title={t('drift.title')} lead={t('drift.lead')} actions={button}>
      {query.isPending && <Bones rows={5} height={43} />}
      {query.isError && !items && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {items && !whole && <Empty icon="drift" title={t('drift.none')} help={t('drift.noneHelp')} />}
      {whole && <Scope item={whole} open />}
      {rest.length > 0 && (
        <Section title={t('drift.byCategory')}>
          {rest.map((item) => (
            <details key={item.category?.id} className={classes.category} open={!!item.drifted}>
              <summary>
                <span>{nameOf(item)}</span> <Verdict item={item} />
              </summary>
              <Scope item={item} />
            </details>
          ))}
        </Section>
      )}
    </Page>
  );
}

const nameOf = (item: Drift) => item.category?.name ?? t('drift.all');

function Verdict({ item: { drifted } }: { item: Drift }) {
  return (
    <span className={classes.verdict} data-drifted={!!drifted}>
      {drifted ? t('drift.since', { day: dayOf(drifted.since) }) : t('drift.quiet')}
    </span>
  );
}

function Scope({ item, open }: { item: Drift; open?: boolean }) {
  const { drifted } = item;
  return (
    <div className={classes.scope}>
      {open && (
        <p className={classes.headline} role="status">
          <strong>{nameOf(item)}</strong> <Verdict item={item} />
        </p>
      )}
      {drifted && (
        <p className={classes.why}>
          {t(item.category ? 'drift.why' : 'drift.whyAll', {
            why: drifted.why,
            day: messageTime(drifted.found_at),
          })}{' '}
          {item.category && (
            <Link to="/categories/$id" params={{ id: item.category.id }}>
              {t('drift.toCategory')}
            </Link>
          )}
        </p>
      )}
      <p className={classes.muted}>
        {t('drift.compared', {
          newer: count(item.newer),
          older: count(item.older),
          time: messageTime(item.looked_at),
        })}
      </p>
      <Figures item={item} />
      {item.days.length > 1 && <DayChart item={item} />}
      <div className={classes.lists}>
        {item.risen.length > 0 && (
          <div>
            <h3>{t('drift.risen')}</h3>
            <ul>
              {item.risen.map(({ answer, before, after }) => (
                <li key={answer.id}>
                  <Link to="/answers/$id" params={{ id: answer.id }}>
                    {answer.title}
                  </Link>{' '}
                  <span className={classes.muted}>
                    {t('drift.fromTo', {
                      before: percent(before, item.older),
                      after: percent(after, item.newer),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
        {item.tickets.length > 0 && (
          <div>
            <h3>{t('drift.tickets')}</h3>
            <ul>
              {item.tickets.map(({ number, subject }) => (
                <li key={number}>
                  <Link to="/tickets/$number" params={{ number: String(number) }}>
                    #{number}
                  </Link>{' '}
                  {subject}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </div>
  );
}

/** A gap between promise and truth is in points, and may be below zero. */
const shown = (value: number) => (value < 0 ? `−${percent(-value, 1000)}` : percent(value, 1000));

function Figures({ item: { figures } }: { item: Drift }) {
  return (
    <Table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('drift.measure')}</th>
          <th scope="col">{t('drift.before')}</th>
          <th scope="col">{t('drift.after')}</th>
          <th scope="col">{t('drift.chance')}</th>
          <th scope="col">{t('drift.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ measure, before, after, p, drifts }) => (
          <tr key={measure} data-drifted={drifts}>
            <th scope="row">
              {t(`drift.${measure}`)}
              <small>{t(`drift.${measure}Help`)}</small>
            </th>
            <td>{shown(before)}</td>
            <td>{shown(after)}</td>
            <td>{p < 0.0001 ? '<0.0001' : p.toFixed(4)}</td>
            <td>{t(drifts ? 'drift.moved' : 'drift.still')}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
