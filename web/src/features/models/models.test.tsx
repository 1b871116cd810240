import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';

it('says what changed with a model, and for each category on demand', async () => {
  const { user } = renderPage('/models');
  expect(await screen.findByText('Put into use: it is better beyond chance.')).toBeInTheDocument();
  expect(screen.getByText(/; better on Refunds \(44 of 50 instead of 31\)/)).toBeInTheDocument();
  await user.click(screen.getByText('By category'));
  const row = screen.getByRole('rowheader', { name: 'Refunds' }).closest('tr') as HTMLElement;
  const cells = within(row).getAllByRole('cell');
  expect(cells.map((cell) => cell.textContent)).toEqual(['50', '31', '44', 'better']);
  expect(screen.getByText('Kept aside: it is worse beyond chance.')).toBeInTheDocument();
});

it('says what the next training waits for', async () => {
  renderPage('/models');
  await screen.findByText(/212 new labels since the last training; at 910 it trains by itself/);
  expect(screen.getByRole('link', { name: 'Change' })).toHaveAttribute('href', '/settings');
});
