import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

describe('experiments', () => {
  it('lists each with what it shows in words', async () => {
    renderPage('/experiments');
    const row = (await screen.findByText('Model 7 against model 6')).closest('a') as HTMLElement;
    expect(row).toHaveTextContent('Models, All categories, 356 requesters counted');
    expect(row).toHaveTextContent('would show after about 14 more weeks');
    expect(screen.getByText('Side A was taken over')).toBeInTheDocument();
  });

  it('says what belongs here when there is none', async () => {
    server.use(
      http.get('*/api/v1/experiments', () => HttpResponse.json({ items: [], next: null })),
    );
    renderPage('/experiments');
    expect(await screen.findByText('No experiments yet')).toBeInTheDocument();
  });

  it('shows both sides, CSAT in the worst and best case, and what was found', async () => {
    renderPage('/experiments/exp_1');
    expect(await screen.findByText(/B is confirmed more often: 61–68%/)).toBeInTheDocument();
    const table = screen.getAllByRole('table')[0] as HTMLElement;
    const row = (name: RegExp) => within(table).getByRole('rowheader', { name }).closest('tr');
    expect(row(/^Confirmed/)).toHaveTextContent('B is better');
    expect(row(/^Rated good.*worst case/)).toHaveTextContent('no difference found');
    expect(row(/^Not rated bad.*best case/)).toHaveTextContent('no difference found');
    expect(row(/^Time until solved/)).toHaveTextContent(/0\.9 d; 0\.\d–\d\.\d d/);
    expect(screen.getByRole('heading', { name: 'Confirmed, day by day' })).toBeInTheDocument();
    expect(screen.getByText(/262 of 918 of those asked on side A/)).toBeInTheDocument();
  });

  it('takes a side over', async () => {
    let sent: unknown;
    server.use(
      http.post('*/api/v1/experiments/:id/adoption', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({ type: '/problems/conflict', title: 'No' }, { status: 409 });
      }),
    );
    const { user } = renderPage('/experiments/exp_1');
    await user.click(await screen.findByRole('button', { name: 'Use B for everyone' }));
    await waitFor(() => expect(sent).toEqual({ side: 'b' }));
  });

  it('stops with a reason', async () => {
    const { user } = renderPage('/experiments/exp_2');
    await user.type(await screen.findByLabelText('Why it is stopped'), 'enough');
    await user.click(screen.getByRole('button', { name: 'Stop the experiment' }));
    expect(await screen.findByText('Ended')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Stop the experiment' })).not.toBeInTheDocument();
  });

  it('is made from two orders, and names its share when it starts', async () => {
    const { user, router } = renderPage('/experiments/new');
    await user.click(await screen.findByRole('radio', { name: 'Order' }));
    expect(screen.getByRole('button', { name: 'Make the experiment' })).toBeDisabled();
    await user.type(screen.getByLabelText('Name'), 'Who first');
    for (const [side, order] of [
      ['Side A', 'Rules, then the learner'],
      ['Side B', 'The learner, then rules'],
    ] as const) {
      await user.click(screen.getByRole('combobox', { name: side }));
      await user.click(await screen.findByRole('option', { name: order }));
    }
    await user.click(screen.getByRole('button', { name: 'Make the experiment' }));
    await waitFor(() => expect(router.state.location.pathname).toMatch(/experiments\/exp_/));
    await user.click(await screen.findByRole('button', { name: 'Start with 100% of requesters' }));
    expect(await screen.findByText('Running')).toBeInTheDocument();
  });
});
