// The rows, more of them as one scrolls, and the states around them.
import { Button } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { type UseInfiniteQueryResult, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { countsQuery, rows } from '@/api/queries';
import type { View } from '@/api/types';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Empty } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import type { Filter } from './filter';
import classes from './inbox.module.css';
import { Row } from './row';

type Props = {
  view: View;
  filter: Filter;
  // biome-ignore lint/suspicious/noExplicitAny: only the flags and the pages are read
  list: UseInfiniteQueryResult<any>;
  cursor: number | null;
  open?: number;
};

export function TicketList({ view, filter, list, cursor, open }: Props) {
  const tickets = rows<import('@/api/types').TicketRow>(list.data);
  const { ref, entry } = useIntersection({ rootMargin: '600px' });
  const near = entry?.isIntersecting ?? false;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;

  useEffect(() => {
    if (near && hasNextPage && !isFetchingNextPage) fetchNextPage();
  }, [near, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.isPending) {
    return (
      <div className={classes.rows}>
        <Bones rows={14} height={43} radius={0} />
      </div>
    );
  }
  if (list.isError && tickets.length === 0) {
    return (
      <div className={classes.pad}>
        <ProblemNote error={list.error} retry={() => list.refetch()} />
      </div>
    );
  }
  if (tickets.length === 0) return <Nothing view={view} q={filter.q} />;
  return (
    <div className={classes.rows} data-stale={list.isPlaceholderData}>
      <ul aria-label={t('inbox.list')}>
        {tickets.map((ticket) => (
          <Row
            key={ticket.number}
            view={view}
            ticket={ticket}
            atCursor={ticket.number === cursor}
            open={ticket.number === open}
            at={filter.sort === 'updated' ? ticket.updated_at : ticket.created_at}
          />
        ))}
      </ul>
      <div ref={ref} className={classes.end}>
        {hasNextPage ? (
          <Bones rows={3} height={43} radius={0} />
        ) : (
          t('inbox.end', { n: tickets.length })
        )}
      </div>
    </div>
  );
}

function Nothing({ view, q }: { view: View; q?: string }) {
  const { data: counts } = useQuery(countsQuery);
  if (q) {
    return (
      <Empty
        icon="search"
        title={t('inbox.none.search', { q })}
        help={t('inbox.none.searchHelp')}
      />
    );
  }
  if (counts?.views.all === 0) {
    return (
      <Empty icon="inbox" title={t('inbox.none.first')} help={t('inbox.none.firstHelp')}>
        <Button component="a" href="/contact" target="_blank" variant="default">
          {t('inbox.openForm')}
        </Button>
      </Empty>
    );
  }
  const waiting = view === 'inbox' || view === 'unassigned';
  return (
    <Empty
      icon="check"
      title={t(waiting ? 'inbox.none.inbox' : 'inbox.none.view')}
      help={t(waiting ? 'inbox.none.inboxHelp' : 'inbox.none.viewHelp')}
    />
  );
}
