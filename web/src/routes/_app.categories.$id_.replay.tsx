import { createFileRoute } from '@tanstack/react-router';
import { ReplayPage } from '@/features/room/replay-page';
import { readReplay } from '@/features/room/replay-search';

export const Route = createFileRoute('/_app/categories/$id_/replay')({
  validateSearch: readReplay,
  component: ReplayRoute,
});

function ReplayRoute() {
  const { id } = Route.useParams();
  return <ReplayPage key={id} id={id} search={Route.useSearch()} />;
}
