import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

describe('the history of a policy', () => {
  it('tells who changed what and why, and states what a return changes before it does', async () => {
    let sent: unknown;
    server.use(
      http.post('*/policy/versions/2/restore', async ({ request }) => {
        sent = await request.json();
        const recall = { withdrawn: 3, left: [8100], unrecalled: [8097] };
        return HttpResponse.json({ recall });
      }),
    );
    const { user } = renderPage('/categories/cat_1');
    expect(await screen.findByText(/Two weeks at 10%: 97% right/)).toBeInTheDocument();
    expect(screen.getByText('Mode from off to shadow')).toBeInTheDocument();
    expect(screen.getByText('As it was before the first change')).toBeInTheDocument();
    const name = 'Return to version 2 of Sign-in and passwords';
    await user.click(screen.getByRole('button', { name }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText('Mode from auto to shadow')).toBeInTheDocument();
    expect(within(dialog).getByText(/automatic replies that have not been sent/)).toBeVisible();
    await user.type(within(dialog).getByRole('textbox', { name: 'Why' }), 'a bad release');
    await user.click(within(dialog).getByRole('button', { name }));
    await waitFor(() => expect(sent).toEqual({ reason: 'a bad release' }));

    const note = await screen.findByText(/Their tickets are with your agents now/);
    expect(note).toHaveTextContent('3 replies waiting to be sent were withdrawn');
    expect(screen.getByRole('link', { name: '#8097' })).toHaveAttribute('href', '/tickets/8097');
    await user.click(screen.getByRole('button', { name: 'Hide' }));
    expect(screen.queryByText(/Their tickets are with your agents now/)).not.toBeInTheDocument();
  });

  it('offers another try when it cannot be read', async () => {
    server.use(
      http.get('*/policy/versions', () =>
        HttpResponse.json({ title: 'Out of order', status: 500 }, { status: 500 }),
      ),
    );
    renderPage('/categories/cat_1');
    expect(await screen.findByText('Out of order')).toBeInTheDocument();
  });
});
