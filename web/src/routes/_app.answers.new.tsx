import { createFileRoute } from '@tanstack/react-router';
import { NewAnswer } from '@/features/answers/new-answer';

export const Route = createFileRoute('/_app/answers/new')({
  validateSearch: (search: Record<string, unknown>): { suggestion?: string } =>
    typeof search.suggestion === 'string' ? { suggestion: search.suggestion } : {},
  component: NewRoute,
});

function NewRoute() {
  const { suggestion } = Route.useSearch();
  return <NewAnswer suggestion={suggestion} />;
}
