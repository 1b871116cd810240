import { createFileRoute } from '@tanstack/react-router';
import { FirstAdmin } from '@/features/session/first-admin';

export const Route = createFileRoute('/first/$token')({ component: FirstRoute });

function FirstRoute() {
  return <FirstAdmin token={Route.useParams().token} />;
}
