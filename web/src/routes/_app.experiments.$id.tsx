import { createFileRoute } from '@tanstack/react-router';
import { ExperimentPage } from '@/features/experiments/experiment-page';

export const Route = createFileRoute('/_app/experiments/$id')({ component: ExperimentRoute });

function ExperimentRoute() {
  const { id } = Route.useParams();
  return <ExperimentPage key={id} id={id} />;
}
