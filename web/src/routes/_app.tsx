// Every page behind the sign-in: the guard, the frame, live events.
import { createFileRoute, redirect } from '@tanstack/react-router';
import { isProblem } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import { Shell } from '@/features/shell/shell';

export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData(sessionQuery);
    } catch (error) {
      if (isProblem(error) && error.status === 401) {
        throw redirect({ to: '/sign-in', search: { next: location.href } });
      }
      throw error;
    }
  },
  component: Shell,
});
