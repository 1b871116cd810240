import { room, whatIf } from '@mock/room';
import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

describe('the control room', () => {
  it('says in words what is worth doing next, with the numbers behind it', async () => {
    renderPage('/categories');
    const row = (await screen.findByText('Collect 38 more answered tickets')).closest('tr');
    expect(row).toHaveTextContent('App crashes on Android tablets');
    expect(screen.getByText('Certified at 95%: would answer 410 a month')).toBeInTheDocument();
    const sends = screen.getByText('Sign-in and passwords').closest('tr') as HTMLElement;
    expect(within(sends).getByText(/97% of 100; 94–99%/)).toBeInTheDocument();
    expect(within(sends).getByRole('img', { name: /tickets a week/ })).toBeInTheDocument();
    expect(screen.getByText(/5 min of an agent’s time/)).toBeInTheDocument();
  });

  it('says in words where answers cost more than they save', async () => {
    server.use(
      http.get('*/api/v1/control-room', () => {
        const made = room();
        const items = made.items.map((row) => ({ ...row, hours_low: -12, hours_high: -4 }));
        return HttpResponse.json({ ...made, items });
      }),
    );
    renderPage('/categories');
    const row = (await screen.findByText('Sign-in and passwords')).closest('tr');
    expect(row).toHaveTextContent('4–12 h lostwrong answers cost more than the right ones saved');
  });

  it('expects a loss in words where a wrong answer costs a day', async () => {
    server.use(
      http.get('*/api/v1/categories/:id/what-if', ({ params }) =>
        HttpResponse.json({
          ...whatIf(String(params.id)),
          assumed: { minutes_per_ticket: 5, minutes_per_mistake: 480 },
        }),
      ),
    );
    renderPage('/categories/cat_1');
    expect((await screen.findByText('Hours saved a month')).nextSibling).toHaveTextContent(
      /^\d+ h lost: wrong answers cost more than the right ones saved$/,
    );
  });

  it('moves everything with the target, by keyboard', async () => {
    const { user } = renderPage('/categories/cat_1');
    const slider = await screen.findByRole('slider', { name: 'Target: right answers' });
    const month = () => screen.getByText('Tickets a month').nextSibling?.textContent;
    const before = month();
    expect(before).toMatch(/about \d+ of 660/);
    slider.focus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect(Number(month()?.match(/\d+/)?.[0])).toBeGreaterThan(Number(before?.match(/\d+/)?.[0]));
    expect(screen.getByText(/The certificate’s threshold is 0.72/)).toBeInTheDocument();
    expect(await screen.findByText('Just above: would be answered')).toBeInTheDocument();
  });

  it('says what will happen before it turns on', async () => {
    const { user } = renderPage('/categories/cat_3');
    await user.click(
      await screen.findByRole('switch', { name: 'Answer Search and discovery by itself' }),
    );
    const summary = (await screen.findByText('What will happen')).parentElement as HTMLElement;
    expect(await within(summary).findByText(/of 660 tickets/)).toBeInTheDocument();
    expect(summary).toHaveTextContent(/of them will be wrong/);
    expect(summary).toHaveTextContent(/For 10% of requesters/);
    expect(
      screen.getByRole('button', { name: 'Turn on for 10% of Search and discovery' }),
    ).toBeEnabled();
  });

  it('promises nothing before it is certified', async () => {
    const { user } = renderPage('/categories/cat_5');
    await user.click(await screen.findByRole('switch', { name: /^Answer .* by itself$/ }));
    expect(await screen.findByText(/Once it is certified, about/)).toBeInTheDocument();
    expect(screen.getByText(/Not certified for 95%/)).toBeInTheDocument();
  });

  it('turns off at once', async () => {
    let sent: unknown;
    server.use(
      http.put('*/api/v1/categories/:id/policy', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({});
      }),
    );
    const { user } = renderPage('/categories/cat_1');
    await user.click(
      await screen.findByRole('switch', { name: 'Answer Sign-in and passwords by itself' }),
    );
    await waitFor(() => expect(sent).toEqual({ mode: 'off' }));
  });

  it('shows the stack in order on one scale', async () => {
    renderPage('/categories/cat_1');
    expect(await screen.findByText(/12 tickets kept for people/)).toBeInTheDocument();
    const table = screen.getByRole('table');
    const rows = within(table).getAllByRole('rowheader');
    expect(rows.map((row) => row.textContent?.slice(1))).toEqual(['Rules', 'Learner', 'Agent']);
    expect(within(table).getAllByRole('img', { name: /confirmed, .* silent/ })).toHaveLength(3);
  });

  it('replays past weeks, wrong answers first, and narrows to one kind', async () => {
    const { user, router } = renderPage('/categories/cat_1/replay?weeks=8');
    const items = await screen.findAllByRole('listitem');
    const texts = items.map((one) => one.textContent ?? '').filter((one) => /My pin/.test(one));
    expect(texts).toHaveLength(6);
    expect(texts[0]).toMatch(/^Wrong.*would have sent.*right was “Find a board again”/);
    expect(screen.getByText(/5 tickets that neither trained the model/)).toBeInTheDocument();
    await user.click(screen.getByRole('radio', { name: /Not answered 1/ }));
    await waitFor(() => expect(screen.queryAllByText(/My pin/)).toHaveLength(1));
    expect(router.state.location.search).toEqual({ weeks: 8, show: 'unanswered' });
  });
});
