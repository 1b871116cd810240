// Jobs that were given up, each to be tried again or dropped. Shown only when there are any.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { deadJobsQuery } from '@/api/queries';
import type { DeadJob } from '@/api/types';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import classes from './mailbox.module.css';

export function DeadJobs() {
  const { data } = useQuery(deadJobsQuery);
  if (!data || data.items.length === 0) return null;
  return (
    <section className={classes.dead}>
      <h2>{t('mailbox.deadTitle')}</h2>
      <p>{t('mailbox.deadLead')}</p>
      <ul className={classes.list}>
        {data.items.map((job) => (
          <Job key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function Job({ job }: { job: DeadJob }) {
  const client = useQueryClient();
  const settle = () => {
    client.invalidateQueries({ queryKey: ['dead'] });
    client.invalidateQueries({ queryKey: ['counts'] });
  };
  const retry = useMutation({
    mutationFn: () => api.post(`/jobs/${job.id}/retry`),
    onSuccess: () => toast({ text: t('mailbox.retried') }),
    onError: reportError,
    onSettled: settle,
  });
  const drop = useMutation({
    mutationFn: () => api.delete(`/jobs/${job.id}`),
    onSuccess: () => toast({ text: t('mailbox.dropped') }),
    onError: reportError,
    onSettled: settle,
  });
  return (
    <li className={classes.job}>
      <div className={classes.main}>
        <strong>{job.kind}</strong>
        {job.error && <p className={classes.error}>{job.error}</p>}
        <p className={classes.to}>
          {t('mailbox.tries', { n: job.attempts })}
          {job.dead_at !== null && ` · ${messageTime(job.dead_at)}`}
        </p>
      </div>
      <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
        {t('action.retry')}
      </Button>
      <Button variant="subtle" color="gray" loading={drop.isPending} onClick={() => drop.mutate()}>
        {t('mailbox.drop')}
      </Button>
    </li>
  );
}
