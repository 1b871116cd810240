import { createFileRoute } from '@tanstack/react-router';
import { SignIn } from '@/features/session/sign-in';

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === 'string' && search.next.startsWith('/') ? { next: search.next } : {},
  component: SignInRoute,
});

function SignInRoute() {
  const { next } = Route.useSearch();
  return <SignIn to={next} />;
}
