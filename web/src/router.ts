// The router over the file routes, with the query cache as its context.
import { createRouter } from '@tanstack/react-router';
import { makeQueryClient } from './api/query-client';
import { NotFound } from './features/shell/not-found';
import { RouteProblem } from './features/shell/route-problem';
import { routeTree } from './routeTree.gen';

export const queryClient = makeQueryClient(signInAgain);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadDelay: 40,
  defaultPreloadStaleTime: 0,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: RouteProblem,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** Several answers may say so at once; after signing in the page comes back. */
async function signInAgain() {
  const { href, pathname } = router.state.location;
  if (pathname === '/sign-in') return;
  await router.navigate({ to: '/sign-in', search: { next: href } });
}
