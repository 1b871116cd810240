import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

describe('the policy editor', () => {
  it('switches on with the words of its button and sends only the change', async () => {
    let sent: unknown;
    server.use(
      http.put('*/api/v1/categories/:id/policy', async ({ request }) => {
        sent = await request.json();
        return HttpResponse.json({});
      }),
    );
    const { user } = renderPage('/categories/cat_3');
    await user.click(await screen.findByRole('radio', { name: 'Auto' }));
    expect(screen.getByRole('slider', { name: 'On for' })).toHaveAttribute('aria-valuenow', '10');
    await user.click(
      screen.getByRole('button', { name: 'Turn on for 10% of Search and discovery' }),
    );
    await waitFor(() => expect(sent).toEqual({ mode: 'auto', rollout: 0.1 }));
    expect(await screen.findByText('Search and discovery: saved')).toBeInTheDocument();
  });

  it('says that auto without a certificate acts as suggest', async () => {
    const { user } = renderPage('/categories/cat_5');
    await user.click(await screen.findByRole('radio', { name: 'Auto' }));
    expect(screen.getByText(/Until one passes, Auto acts as Suggest/)).toBeInTheDocument();
  });

  it('shows the server’s objection at its field, and the certificate in words', async () => {
    server.use(
      http.put('*/api/v1/categories/:id/policy', () =>
        HttpResponse.json(
          {
            title: 'Some fields need another value',
            status: 422,
            errors: [{ field: 'reason', message: 'say why in a few words' }],
          },
          { status: 422 },
        ),
      ),
    );
    const { user } = renderPage('/categories/cat_1');
    await user.click(await screen.findByRole('radio', { name: 'Off' }));
    await user.click(screen.getByRole('button', { name: 'Turn off Sign-in and passwords' }));
    expect(await screen.findAllByText(/say why in a few words/)).not.toHaveLength(0);
    expect(screen.getByText(/Of the last 1,204 tickets like these/)).toBeInTheDocument();
  });

  it('leaves the focus on the switch that was turned', async () => {
    const { user } = renderPage('/categories/cat_1');
    const name = 'Answer Sign-in and passwords by itself';
    const control = await screen.findByRole('switch', { name });
    control.focus();
    await user.keyboard(' ');
    expect(await screen.findByText('Switching on shows first what will happen.')).toBeVisible();
    expect(control).not.toBeChecked();
    expect(screen.getByRole('switch', { name })).toHaveFocus();
  });
});
