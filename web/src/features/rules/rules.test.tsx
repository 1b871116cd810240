import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';

it('opens a rule at its name, and goes back to where it was opened from', async () => {
  const { user } = renderPage('/rules');
  const add = await screen.findByRole('button', { name: 'Add a rule' });
  add.focus();
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name' })).toHaveFocus());
  expect(screen.getByRole('button', { name: 'Close' })).toBeInTheDocument();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(add).toHaveFocus());
});
