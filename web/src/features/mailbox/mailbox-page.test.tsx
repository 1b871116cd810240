import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';

it('opens a mail with its text, why it was not sent, and its headers', async () => {
  const { user } = renderPage('/mailbox');
  await user.click(await screen.findByRole('button', { name: /Re: App crash/ }));
  expect(await screen.findByText(/you can set a new password here/)).toBeInTheDocument();
  expect(screen.getByText(/550 5.1.1 no such user here · 4 tries/)).toBeInTheDocument();
  expect(screen.getByText(/Auto-Submitted: auto-replied/)).toBeInTheDocument();
});
