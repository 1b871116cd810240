import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';
import { ticked } from './selection';

describe('learning', () => {
  it('says how much of what there is, and what it is worth', async () => {
    renderPage('/learning');
    const row = async (name: RegExp) =>
      (await screen.findByRole('rowheader', { name })).closest('tr');
    expect(await row(/used the answer as it is/)).toHaveTextContent('1,416');
    expect(await row(/without having seen/)).toHaveTextContent('7,545 of 9,937');
  });

  it('mends what was ticked, says how it was found, and takes it back', async () => {
    const sent: unknown[] = [];
    const undone: unknown[] = [];
    server.use(
      http.post('*/api/v1/learning/mends', async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ id: '77' }, { status: 201 });
      }),
      http.delete('*/api/v1/learning/mends/:id', ({ params }) => {
        undone.push(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = renderPage('/learning');
    await user.type(await screen.findByLabelText('Words in the ticket'), 'no mail has come');
    await waitFor(() => expect(screen.getAllByRole('link', { name: /No mail/ })).toHaveLength(3));
    await waitFor(() => expect(screen.queryByRole('link', { name: /Reset link/ })).toBeNull());
    await user.click(screen.getByLabelText('Select all that are shown'));
    const form = screen.getByText('They are to teach').closest('form') as HTMLElement;
    await user.click(within(form).getByLabelText('They are to teach', { selector: 'input' }));
    await user.click(await screen.findByRole('option', { name: 'No answer fits' }));
    await user.click(screen.getByRole('button', { name: 'Mend 3 tickets' }));
    await waitFor(() =>
      expect(sent).toEqual([
        { tickets: [4201, 4200, 4199], answer: null, found: 'words “no mail has come”' },
      ]),
    );
    await screen.findByText('3 tickets mended');
    expect(screen.getByRole('checkbox', { name: 'Select all that are shown' })).toHaveFocus();
    const toasts = screen.getByRole('region', { name: 'Messages' });
    await user.click(within(toasts).getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(undone).toEqual(['77']));
  });

  it('shows who disagrees', async () => {
    const { user } = renderPage('/learning');
    await user.click(await screen.findByText('Conflicts'));
    expect(await screen.findByText(/by a review · agent: Reset your password/)).toBeInTheDocument();
    expect(screen.getAllByText(/customer: wrote again/)).toHaveLength(3);
  });

  it('says that nobody disagrees', async () => {
    server.use(
      http.get('*/api/v1/learning/tickets', () => HttpResponse.json({ items: [], next: null })),
    );
    const { user } = renderPage('/learning');
    await user.click(await screen.findByText('Conflicts'));
    expect(await screen.findByText('Nobody disagrees')).toBeInTheDocument();
  });

  it('asks nothing before it is told what to be similar to', async () => {
    const { user } = renderPage('/learning');
    await user.click(await screen.findByText('Similar to'));
    expect(screen.queryByRole('link', { name: /No mail/ })).toBeNull();
    await user.type(screen.getByLabelText(/ticket’s number/), '#4210');
    expect(await screen.findByText('similarity 0.93')).toBeInTheDocument();
  });
});

describe('ticking', () => {
  const shown = [9, 7, 5, 3];
  it('takes one, or all in between, in either direction', () => {
    expect([...ticked(new Set(), shown, 7, true, null)]).toEqual([7]);
    expect([...ticked(new Set([9]), shown, 5, true, 9)]).toEqual([9, 7, 5]);
    expect([...ticked(new Set([9, 7, 5, 3]), shown, 7, false, 3)]).toEqual([9]);
  });
});
