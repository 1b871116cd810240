import { createFileRoute, notFound } from '@tanstack/react-router';
import { isView } from '@/features/shell/nav';
import { readFilter } from '@/features/tickets/filter';
import { Inbox } from '@/features/tickets/inbox';

export const Route = createFileRoute('/_app/inbox/$view')({
  validateSearch: readFilter,
  beforeLoad: ({ params }) => {
    if (!isView(params.view)) throw notFound();
  },
  component: InboxRoute,
});

function InboxRoute() {
  const { view } = Route.useParams();
  const filter = Route.useSearch();
  return isView(view) ? <Inbox view={view} filter={filter} /> : null;
}
