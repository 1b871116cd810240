import { createFileRoute, notFound } from '@tanstack/react-router';
import { readingQuery, ticketQuery } from '@/api/queries';
import { TicketPane } from '@/features/tickets/ticket-pane';

export const Route = createFileRoute('/_app/inbox/$view/$number')({
  params: {
    parse: ({ number }) => ({ number: Number(number) }),
    stringify: ({ number }) => ({ number: String(number) }),
  },
  beforeLoad: ({ params }) => {
    if (!Number.isSafeInteger(params.number)) throw notFound();
  },
  loader: ({ context, params }) => {
    // Begun, not awaited: the pane shows its bones and keeps still.
    context.queryClient.prefetchQuery(ticketQuery(params.number));
    context.queryClient.prefetchQuery(readingQuery(params.number));
  },
  component: TicketRoute,
});

function TicketRoute() {
  const { number } = Route.useParams();
  return <TicketPane key={number} number={number} />;
}
