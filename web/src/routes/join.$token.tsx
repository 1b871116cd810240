import { createFileRoute } from '@tanstack/react-router';
import { Join } from '@/features/session/join';

export const Route = createFileRoute('/join/$token')({ component: JoinRoute });

function JoinRoute() {
  return <Join token={Route.useParams().token} />;
}
