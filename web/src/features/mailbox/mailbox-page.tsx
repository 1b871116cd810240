// The mails Deskwise wrote, and the work that was given up.
import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { mailboxQuery, rows } from '@/api/queries';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { MoreRows } from '@/ui/more-rows';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { DeadJobs } from './dead-jobs';
import { MailRow } from './mail-row';
import classes from './mailbox.module.css';

const states = ['all', 'mailbox', 'waiting', 'sent', 'held', 'dead'] as const;

export function MailboxPage() {
  const [state, setState] = useState<(typeof states)[number]>('all');
  const list = useInfiniteQuery(mailboxQuery(state === 'all' ? '' : state));
  const items = rows(list.data);
  return (
    <Page wide title={t('mailbox.title')} lead={t('mailbox.lead')}>
      <DeadJobs />
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          data={states.map((one) => ({ value: one, label: t(`mailbox.${one}`) }))}
          value={state}
          onChange={(one) => setState(one as typeof state)}
        />
      </div>
      {list.isPending && <Bones rows={6} height={47} />}
      {list.isError && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty icon="mail" title={t('mailbox.none')} help={t('mailbox.noneHelp')} />
      )}
      <ul className={classes.list}>
        {items.map((mail) => (
          <MailRow key={mail.id} mail={mail} />
        ))}
      </ul>
      <MoreRows list={list} />
    </Page>
  );
}
