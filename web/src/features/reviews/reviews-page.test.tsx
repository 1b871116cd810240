import { screen, waitFor, within } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { paused } from '../../../mock/reviews';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

const search = () => screen.findByRole('combobox', { name: 'Find an answer by its words' });

describe('reviewing', () => {
  it('stores the choice by keyboard, and only then shows what was sent', async () => {
    let sent: unknown;
    server.use(
      http.post('*/api/v1/reviews/:number', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json(
          {
            number: 8101,
            chosen: null,
            sent: { id: 'ans_1', title: 'The sent one' },
            sent_text: 'Its text',
            probability: 0.97,
            threshold: 0.91,
            verdict: 'wrong',
            standing: 'settled',
          },
          { status: 201 },
        );
      }),
    );
    const { user } = renderPage('/reviews');
    expect(await screen.findByText('6 of 15 today')).toBeInTheDocument();
    await search();
    // "No answer fits" is the last of the list: with nothing found it is the only one.
    await user.keyboard('zebra');
    await screen.findByText('No answer has these words');
    await user.keyboard('{Enter}');
    expect(await screen.findByText('You chose: No answer fits')).toBeInTheDocument();
    expect(sent).toBeUndefined();
    await user.click(screen.getByRole('button', { name: 'Show what was sent' }));
    expect(await screen.findByText('Something else was sent')).toBeInTheDocument();
    expect(sent).toEqual({ answer: null });
    expect(screen.getByText('The sent one')).toBeInTheDocument();
    await user.click(screen.getByText('Harmful'));
    await waitFor(() => expect(screen.getByRole('radio', { name: 'Harmful' })).toBeChecked());
    await user.click(screen.getByRole('button', { name: 'Next ticket' }));
    await search();
  });

  it('tells what waits for oneself from what waits for the team', async () => {
    server.use(
      http.get('*/api/v1/reviews', () => HttpResponse.json({ items: [], next: null })),
      http.get('*/api/v1/reviews/progress', () =>
        HttpResponse.json({
          budget: 15,
          done_today: 6,
          own_today: 4,
          own_waiting: 0,
          waiting: 2,
          late: 0,
          agreed: { count: 0, of: 0, rate: null, low: 0, high: 1 },
          kappa: null,
        }),
      ),
    );
    renderPage('/reviews');
    expect(await screen.findByText('0 wait for you · 2 in the team')).toBeInTheDocument();
    expect(screen.getByText(/What still waits needs somebody else/)).toBeInTheDocument();
    expect(screen.getAllByRole('link', { name: /^Review/ })[0]).toHaveTextContent(/^Review$/);
  });

  it('takes a choice back without a word to the server', async () => {
    let asked = false;
    server.use(
      http.post('*/api/v1/reviews/:number', () => {
        asked = true;
        return HttpResponse.json({});
      }),
    );
    const { user } = renderPage('/reviews');
    await search();
    const list = screen.getByRole('listbox', { name: 'Answers' });
    await user.click(within(list).getByText('No answer fits'));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await search();
    expect(asked).toBe(false);
  });
});

describe('a paused category', () => {
  it('says why, and a person resumes it', async () => {
    server.use(http.get('*/api/v1/categories/:id/guardrail', () => HttpResponse.json(paused)));
    const { user } = renderPage('/categories/cat_1');
    expect(
      await screen.findByText(/9 of the last 41 reviewed answers were wrong/),
    ).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Resume Sign-in and passwords' }));
    expect(await screen.findByText('Sign-in and passwords is resumed')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText(/reviewed answers were wrong/)).toBeNull());
  });
});
