import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, expect, it, vi } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

const reviews = async () => (await screen.findByText('Review')).closest('a');

function waiting(own_waiting: number) {
  const progress = () => HttpResponse.json({ own_waiting, waiting: 40 });
  server.use(http.get('*/api/v1/reviews/progress', progress));
}

afterEach(() => vi.unstubAllGlobals());

it('counts the reviews that wait for oneself, and follows what happens', async () => {
  let tell: (message: { data: string }) => void = () => {};
  class Events {
    addEventListener(kind: string, listener: typeof tell) {
      if (kind === 'change') tell = listener;
    }
    close() {}
  }
  vi.stubGlobal('EventSource', Events);
  waiting(12);
  renderPage('/rules');
  await waitFor(async () => expect(await reviews()).toHaveTextContent('Review12'));
  waiting(0);
  tell({ data: JSON.stringify({ id: '1', kind: 'review.given', ticket: 7 }) });
  await waitFor(async () => expect(await reviews()).toHaveTextContent(/^Review$/));
});

it('does not ask for reviews on behalf of someone who only looks on', async () => {
  const asked: string[] = [];
  server.events.on('request:start', ({ request }) => asked.push(new URL(request.url).pathname));
  const session = await (await fetch('http://localhost/api/v1/session')).json();
  server.use(
    http.get('*/api/v1/session', () =>
      HttpResponse.json({ ...session, user: { ...session.user, role: 'viewer' } }),
    ),
  );
  renderPage('/rules');
  expect(await screen.findByRole('link', { name: 'Rules' })).toBeInTheDocument();
  expect(screen.queryByRole('link', { name: /^Review/ })).toBeNull();
  await waitFor(() => expect(asked).toContain('/api/v1/counts'));
  expect(asked).not.toContain('/api/v1/reviews/progress');
});
