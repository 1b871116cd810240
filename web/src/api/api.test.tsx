import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { ProblemNote } from '@/ui/problem-note';
import { renderPart } from '../../test/render';
import { server } from '../../test/setup';
import { api, path } from './client';
import { gatherer, staleKeys } from './live';
import { isProblem, Problem } from './problem';

const failure = (answer: () => Response) => {
  server.use(http.get('*/api/v1/counts', answer));
  return api.get('/counts').then(
    () => null,
    (error: unknown) => error,
  );
};

describe('problems', () => {
  it('carry fields and the request’s id', async () => {
    const error = await failure(() =>
      HttpResponse.json(
        { title: 'Wrong', status: 422, errors: [{ field: 'q', message: 'too long' }] },
        { status: 422, headers: { 'x-request-id': 'r-7' } },
      ),
    );
    expect(isProblem(error) && error.field('q')).toBe('Too long.');
    expect(isProblem(error) && error.requestId).toBe('r-7');
  });

  it('survive an answer that is no problem document', async () => {
    const error = await failure(() => new HttpResponse('<html>', { status: 502 }));
    expect(isProblem(error) && error.status).toBe(502);
  });

  it('say when the server did not answer', async () => {
    const error = await failure(() => HttpResponse.error());
    expect(isProblem(error) && error.title).toBe('The server did not answer');
  });

  it('are shown with what is safe, what to do, and the id', async () => {
    const retry = vi.fn();
    const problem = new Problem({ title: 'Storage is full', request_id: 'r-8' }, 507, null);
    const { user } = renderPart(<ProblemNote error={problem} retry={retry} />);
    expect(screen.getByRole('alert')).toHaveTextContent('Storage is full');
    expect(screen.getByText(/Nothing was changed/)).toBeInTheDocument();
    expect(screen.getByText('Request r-8')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(retry).toHaveBeenCalledOnce();
  });
});

describe('addresses', () => {
  it('leave out what is not set', () => {
    expect(path('/tickets', { q: 'a b', category: undefined, sort: '', limit: 50 })).toBe(
      '/api/v1/tickets?q=a+b&limit=50',
    );
  });
});

describe('live events', () => {
  it('touch what shows the change', () => {
    const keys = staleKeys({ id: '1', kind: 'message.added', ticket: 7 });
    expect(keys).toContainEqual(['ticket', 7]);
    expect(keys).toContainEqual(['tickets']);
    expect(staleKeys({ id: '2', kind: 'something.new', ticket: null })).toEqual([]);
  });

  it('are gathered, so that a hundred changes ask once', () => {
    vi.useFakeTimers();
    const client = new QueryClient();
    const asked = vi.spyOn(client, 'invalidateQueries').mockResolvedValue();
    const gather = gatherer(client);
    for (let id = 0; id < 100; id++) {
      gather.take({ id: String(id), kind: 'policy.changed', ticket: null });
    }
    vi.advanceTimersByTime(500);
    expect(asked).toHaveBeenCalledTimes(3);
    vi.useRealTimers();
  });

  it('lets what is being read arrive, however many changes come', async () => {
    vi.useFakeTimers();
    const client = new QueryClient();
    let asked = 0;
    let arrived = 0;
    const slow = async () => {
      asked++;
      await new Promise((done) => setTimeout(done, 900));
      return ++arrived;
    };
    const observer = new QueryObserver(client, { queryKey: ['guardrail', '1'], queryFn: slow });
    const leave = observer.subscribe(() => undefined);
    const gather = gatherer(client);
    for (let moment = 0; moment < 100; moment++) {
      gather.take({ id: String(moment), kind: 'guardrail.changed', ticket: null });
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(arrived).toBeGreaterThan(4);
    expect(asked - arrived).toBeLessThanOrEqual(1);
    // The last change is not lost.
    const before = asked;
    gather.take({ id: 'last', kind: 'guardrail.changed', ticket: null });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toBeGreaterThan(before);
    expect(arrived).toBe(asked);
    leave();
    vi.useRealTimers();
  });
});
