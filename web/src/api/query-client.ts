// One cache for the whole console. Live events keep it fresh, so focus alone asks nothing.
import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem } from './problem';

export function makeQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, query) => {
        // Signed out elsewhere, or the session ended: the guard of the pages takes over.
        if (isProblem(error) && error.status === 401 && query.queryKey[0] !== 'session') {
          client.invalidateQueries({ queryKey: ['session'] });
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

export const queryClient = makeQueryClient();
