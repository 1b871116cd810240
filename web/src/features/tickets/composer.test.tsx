import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';
import { undoFor } from './outbox';

const field = () =>
  screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write to Piet van der Berg' });

describe('replying', () => {
  let sent: unknown[] = [];

  beforeEach(() => {
    sent = [];
    vi.useFakeTimers({ shouldAdvanceTime: true });
    server.use(
      http.post('*/api/v1/tickets/:number/messages', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ title: 'No', status: 500, request_id: 'r-9' }, { status: 500 });
      }),
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    sessionStorage.clear();
  });

  it('takes a suggestion into the editor, and can be taken back for ten seconds', async () => {
    const { user } = renderPage('/inbox/all/8260');
    await user.click(await screen.findByRole('button', { name: 'Use “Reset your password”' }));
    const editor = await field();
    await waitFor(() => expect(editor.value).toContain('Hi Piet,'));
    expect(screen.getByText('Started from “Reset your password”')).toBeInTheDocument();

    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(editor).toHaveValue('');
    await vi.advanceTimersByTimeAsync(undoFor - 4_000);
    expect(sent).toEqual([]);
    const [undo] = screen.getAllByRole('button', { name: 'Undo' });
    if (undo) await user.click(undo);
    expect(editor.value).toContain('Hi Piet,');
    await vi.advanceTimersByTimeAsync(undoFor);
    expect(sent).toEqual([]);
    await user.clear(editor);
  });

  it('sends after the wait, and gives the text back when that fails', async () => {
    const { user } = renderPage('/inbox/all/8260');
    const editor = await field();
    await user.type(editor, 'Please try the app.');
    await user.keyboard('{Control>}{Enter}{/Control}');
    expect(editor).toHaveValue('');
    await vi.advanceTimersByTimeAsync(undoFor + 100);
    await waitFor(() => expect(sent).toEqual([{ kind: 'public', body: 'Please try the app.' }]));
    expect(await screen.findByText(/Your text is back in the editor/)).toBeInTheDocument();
    await waitFor(() => expect(editor).toHaveValue('Please try the app.'));
    await user.clear(editor);
  });
});
