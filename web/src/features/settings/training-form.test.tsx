import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

it('asks for a day and an hour only where they matter, and saves them', async () => {
  const sent: unknown[] = [];
  server.events.on('request:start', async ({ request }) => {
    if (request.method === 'PATCH') sent.push(await request.clone().json());
  });
  const { user } = renderPage('/settings');
  await user.click(await screen.findByRole('radio', { name: 'Once a week' }));
  await user.click(screen.getByRole('combobox', { name: 'Day' }));
  await user.click(await screen.findByRole('option', { name: 'Saturday' }));
  await user.click(screen.getByRole('button', { name: 'Save training' }));
  await waitFor(() =>
    expect(sent).toEqual([{ train_when: 'weekly', train_weekday: 6, train_hour: 3 }]),
  );
  await user.click(screen.getByRole('radio', { name: 'Every day' }));
  expect(screen.queryByRole('combobox', { name: 'Day' })).toBeNull();
  expect(screen.getByRole('combobox', { name: 'Hour' })).toHaveValue('03:00');
});
