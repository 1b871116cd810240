// Draws the console, or a part of it, the way main.tsx does, with a cache of its own.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { routeTree } from '@/routeTree.gen';
import { resolver, theme } from '@/ui/theme';
import { Toasts } from '@/ui/toasts';

const quiet = () =>
  new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } });

function Around({ client, children }: { client: QueryClient; children: React.ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={resolver} env="test">
      <QueryClientProvider client={client}>
        {children}
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  );
}

export function renderPart(part: React.ReactNode) {
  const user = userEvent.setup();
  return { user, ...render(<Around client={quiet()}>{part}</Around>) };
}

export function renderPage(path: string) {
  const user = userEvent.setup();
  const client = quiet();
  const router = createRouter({
    routeTree,
    context: { queryClient: client },
    history: createMemoryHistory({ initialEntries: [path] }),
  });
  render(
    <Around client={client}>
      <RouterProvider router={router as never} />
    </Around>,
  );
  return { user, router, client };
}
