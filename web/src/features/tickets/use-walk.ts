// Walking the list by J and K. With a ticket open they open its neighbour; else they move
// the cursor, and Enter opens. Whatever the cursor nears is fetched ahead.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { readingQuery, ticketQuery } from '@/api/queries';
import type { TicketRow, View } from '@/api/types';
import { useKeys } from '@/features/shell/keys';

export function usePrefetchTicket() {
  const client = useQueryClient();
  return (number: number) => {
    client.prefetchQuery(ticketQuery(number));
    client.prefetchQuery(readingQuery(number));
  };
}

export function useWalk(view: View, tickets: TicketRow[], open: number | null) {
  const navigate = useNavigate();
  const prefetch = usePrefetchTicket();
  const [moved, setMoved] = useState<number | null>(null);
  const cursor = open ?? moved;

  useEffect(() => {
    if (open !== null) setMoved(open);
  }, [open]);

  const show = (number: number, replace = false) =>
    navigate({
      to: '/inbox/$view/$number',
      params: { view, number },
      search: (search) => search,
      replace,
    });

  const step = (by: 1 | -1) => {
    const at = tickets.findIndex((ticket) => ticket.number === cursor);
    const target = at === -1 ? tickets[0] : tickets[at + by];
    if (!target) return;
    const after = tickets[tickets.indexOf(target) + by];
    setMoved(target.number);
    prefetch(target.number);
    if (after) prefetch(after.number);
    if (open !== null) show(target.number, true);
  };

  useKeys({
    j: () => step(1),
    k: () => step(-1),
    enter: () => {
      if (open === null && cursor !== null) show(cursor);
    },
    escape: () => {
      if (open !== null) {
        navigate({ to: '/inbox/$view', params: { view }, search: (search) => search });
      }
    },
  });
  return { cursor };
}
