// A short address for a ticket, for links from elsewhere.
import { createFileRoute, redirect } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/tickets/$number')({
  beforeLoad: ({ params }) => {
    const number = Number(params.number);
    throw redirect({ to: '/inbox/$view/$number', params: { view: 'all', number } });
  },
});
