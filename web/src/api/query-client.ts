// One cache for the whole console. Live events keep it fresh, so focus alone asks nothing.
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem';

/** `signedOut` is told when a session has ended while pages are open. */
export function makeQueryClient(signedOut: () => Promise<void>): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        // Signed out elsewhere, or the session ended. Before anyone has signed in, the guard of the pages acts.
        const known = client.getQueryData(['session']) !== undefined;
        if (isProblem(error) && error.status === 401 && known) {
          signedOut().then(() => client.clear());
        }
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        retry: (tries, error) =>
          tries < 2 && (!isProblem(error) || error.status === 0 || error.status >= 500),
      },
    },
  });
  return client;
}
