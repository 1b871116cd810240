import { createFileRoute } from '@tanstack/react-router';
import { MetricsPage } from '@/features/metrics/metrics-page';
import { readPeriod } from '@/features/metrics/period';

export const Route = createFileRoute('/_app/metrics')({
  validateSearch: readPeriod,
  component: MetricsRoute,
});

function MetricsRoute() {
  return <MetricsPage search={Route.useSearch()} />;
}
