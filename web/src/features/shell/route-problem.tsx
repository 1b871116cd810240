import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { isProblem } from '@/api/problem';
import { ProblemNote } from '@/ui/problem-note';
import { NotFound } from './not-found';

export function RouteProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  if (isProblem(error) && error.status === 404) return <NotFound />;
  return (
    <div style={{ padding: 24 }}>
      <ProblemNote
        error={error}
        retry={() => {
          reset();
          router.invalidate();
        }}
      />
    </div>
  );
}
