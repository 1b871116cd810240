import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';

it('is asked for, says when it comes next, and is stopped again', async () => {
  const { user } = renderPage('/metrics');
  const choice = await screen.findByRole('combobox', { name: 'This report by mail' });
  expect(choice).toHaveValue('Not by mail');
  await user.click(choice);
  await user.click(await screen.findByRole('option', { name: 'Every week' }));
  await screen.findByText(/^Next on /);
  expect(choice).toHaveValue('Every week');
  await user.click(choice);
  await user.click(await screen.findByRole('option', { name: 'Not by mail' }));
  await screen.findByText(/on the morning after it ended/);
  expect(choice).toHaveValue('Not by mail');
});
