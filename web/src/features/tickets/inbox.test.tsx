import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

const list = () => screen.findByRole('list', { name: 'Tickets' });

describe('the inbox by keyboard', () => {
  it('walks with J and K, opens with Enter and closes with Escape', async () => {
    const { user, router } = renderPage('/inbox/all');
    const rows = within(await list()).getAllByRole('listitem');
    await user.keyboard('jj');
    expect(rows[1]).toHaveAttribute('data-cursor', 'true');
    await user.keyboard('k');
    expect(rows[0]).toHaveAttribute('data-cursor', 'true');
    await user.keyboard('{Enter}');
    expect(
      await screen.findByRole('heading', { name: 'Can’t sign in since the update' }),
    ).toBeInTheDocument();
    await user.keyboard('j');
    await waitFor(() => expect(router.state.location.pathname).toBe('/inbox/all/8259'));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/inbox/all'));
  });

  it('goes to pages by two keys, and not while one types', async () => {
    const { user, router } = renderPage('/inbox/all');
    await list();
    await user.keyboard('/');
    const search = screen.getByRole('textbox', { name: /Search subject/ });
    expect(search).toHaveFocus();
    await user.keyboard('ga');
    expect(router.state.location.pathname).toBe('/inbox/all');
    await user.keyboard('{Escape}{Escape}');
    await user.keyboard('ga');
    await waitFor(() => expect(router.state.location.pathname).toBe('/answers'));
  });

  it('finds by words, and says so when nothing is found', async () => {
    const { user } = renderPage('/inbox/all');
    await list();
    await user.type(screen.getByRole('textbox', { name: /Search subject/ }), 'zebra');
    expect(await screen.findByText('Nothing found for “zebra”')).toBeInTheDocument();
  });

  it('shows every key on a question mark', async () => {
    const { user } = renderPage('/inbox/all');
    await list();
    await user.keyboard('?');
    const overlay = await screen.findByRole('dialog', { name: 'Keyboard' });
    expect(within(overlay).getByText('Assign to me')).toBeInTheDocument();
  });
});

describe('a ticket', () => {
  it('takes a change back when the server says no', async () => {
    server.use(
      http.patch('*/api/v1/tickets/:number', () =>
        HttpResponse.json(
          { title: 'Conflict', detail: 'it was merged meanwhile', status: 409, request_id: 'r-1' },
          { status: 409 },
        ),
      ),
    );
    const { user } = renderPage('/inbox/all/8260');
    const status = await screen.findByRole('combobox', { name: 'Status' });
    expect(status).toHaveValue('New');
    await user.keyboard('s');
    expect(
      await screen.findByText(/taken back: it was merged meanwhile \(Request r-1\)/),
    ).toBeInTheDocument();
    await waitFor(() => expect(status).toHaveValue('New'));
  });

  it('hides suggestions of a blind ticket and says why', async () => {
    renderPage('/inbox/all/8250');
    expect(await screen.findByText('Suggestions are hidden')).toBeInTheDocument();
    expect(screen.queryByText('Suggested answers')).toBeNull();
  });
});
