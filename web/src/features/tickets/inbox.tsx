// The inbox: the list, and beside it (at phone width instead of it) the ticket.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Outlet, useMatch } from '@tanstack/react-router';
import { rows, ticketsQuery } from '@/api/queries';
import type { View } from '@/api/types';
import { viewName } from '@/features/shell/nav';
import { useTitle } from '@/ui/page';
import { type Filter, toQuery } from './filter';
import classes from './inbox.module.css';
import { ListHead } from './list-head';
import { TicketList } from './ticket-list';
import { useWalk } from './use-walk';

export function Inbox({ view, filter }: { view: View; filter: Filter }) {
  useTitle(viewName(view));
  const list = useInfiniteQuery(ticketsQuery(toQuery(view, filter)));
  const tickets = rows(list.data);
  const open = useMatch({ from: '/_app/inbox/$view/$number', shouldThrow: false })?.params.number;
  const walk = useWalk(view, tickets, open ?? null);
  return (
    <div className={classes.inbox} data-open={open !== undefined}>
      <section className={classes.list} aria-label={viewName(view)}>
        <ListHead view={view} filter={filter} />
        <TicketList view={view} filter={filter} list={list} cursor={walk.cursor} open={open} />
      </section>
      <section className={classes.detail}>
        <Outlet />
      </section>
    </div>
  );
}
