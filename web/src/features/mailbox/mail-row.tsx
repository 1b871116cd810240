// One mail: its line, and opened its text.
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { mailQuery } from '@/api/queries';
import type { Delivery, Mail } from '@/api/types';
import { t } from '@/text/t';
import { fullTime, shortTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import classes from './mailbox.module.css';

const broken: Delivery[] = ['dead', 'held'];

export function MailRow({ mail }: { mail: Mail }) {
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <li className={classes.item}>
      <button type="button" className={classes.row} aria-expanded={opened} onClick={toggle}>
        <span className={classes.main}>
          <span className={classes.subject}>{mail.subject}</span>
          <span className={classes.to}>
            {t(`mailbox.kind.${mail.kind}`)} · {t('mailbox.to', { to: mail.to })}
          </span>
        </span>
        <span className={classes.state} data-broken={broken.includes(mail.state)}>
          {t(`mailbox.${mail.state}`)}
        </span>
        <time className={classes.time} title={fullTime(mail.created_at)}>
          {shortTime(mail.created_at)}
        </time>
        <Icon name={opened ? 'down' : 'next'} size={13} />
      </button>
      {opened && <Opened mail={mail} />}
    </li>
  );
}

function Opened({ mail }: { mail: Mail }) {
  const client = useQueryClient();
  const query = useQuery(mailQuery(mail.id));
  const retry = useMutation({
    mutationFn: () => api.post(`/mailbox/${mail.id}/retry`),
    onError: reportError,
    onSuccess: () => {
      toast({ text: t('mailbox.retried') });
      client.invalidateQueries({ queryKey: ['mailbox'] });
    },
  });
  return (
    <div className={classes.opened}>
      {mail.error && (
        <p className={classes.error}>
          {mail.error} · {t('mailbox.tries', { n: mail.attempts })}
        </p>
      )}
      {query.isPending && <Bones rows={1} height={110} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.data && (
        <>
          <pre className={classes.text}>{query.data.text}</pre>
          <details className={classes.headers}>
            <summary>{t('mailbox.headers')}</summary>
            <pre>
              {[...query.data.headers, ['Message-ID', query.data.message_id]]
                .map(([name, value]) => `${name}: ${value}`)
                .join('\n')}
            </pre>
          </details>
        </>
      )}
      <div className={classes.actions}>
        {mail.ticket_number !== null && (
          <Link to="/inbox/$view/$number" params={{ view: 'all', number: mail.ticket_number }}>
            {t('mailbox.ticket', { number: String(mail.ticket_number) })}
          </Link>
        )}
        {mail.state !== 'sent' && mail.state !== 'waiting' && (
          <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
            {t('mailbox.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
