// Changing a ticket shows at once, in the pane and in every list, and is taken back when
// the server says no.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { ticketQuery } from '@/api/queries';
import type { Page, Ref, Status, Ticket, TicketRow } from '@/api/types';
import { reportRollback } from '@/ui/report';

export type Change = { status?: Status; category?: Ref; assignee?: Ref | null };

const bodyOf = (change: Change) => ({
  ...(change.status === undefined ? {} : { status: change.status }),
  ...(change.category === undefined ? {} : { category: change.category.id }),
  ...(change.assignee === undefined ? {} : { assignee: change.assignee?.id ?? null }),
});

type Lists = { pages: Page<TicketRow>[]; pageParams: unknown[] };

export function useChangeTicket(number: number) {
  const client = useQueryClient();
  const { queryKey } = ticketQuery(number);

  return useMutation({
    mutationFn: (change: Change) => api.patch<Ticket>(`/tickets/${number}`, bodyOf(change)),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey });
      const before = client.getQueryData(queryKey);
      const lists = client.getQueriesData<Lists>({ queryKey: ['tickets'] });
      if (before) client.setQueryData(queryKey, { ...before, ...change });
      client.setQueriesData<Lists>({ queryKey: ['tickets'] }, (list) =>
        list
          ? {
              ...list,
              pages: list.pages.map((page) => ({
                ...page,
                items: page.items.map((row) =>
                  row.number === number ? { ...row, ...change } : row,
                ),
              })),
            }
          : list,
      );
      return { before, lists };
    },
    onError: (error, _change, context) => {
      if (context?.before) client.setQueryData(queryKey, context.before);
      for (const [key, list] of context?.lists ?? []) client.setQueryData(key, list);
      reportRollback(error);
    },
    onSuccess: (ticket) => client.setQueryData(queryKey, ticket),
    onSettled: () => {
      client.invalidateQueries({ queryKey: ['tickets'] });
      client.invalidateQueries({ queryKey: ['counts'] });
    },
  });
}
