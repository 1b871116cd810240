import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

it('puts somebody into a team on leaving the field', async () => {
  const sent: unknown[] = [];
  server.events.on('request:start', async ({ request }) => {
    if (request.method === 'PATCH') sent.push(await request.clone().json());
  });
  const { user } = renderPage('/people');
  const field = await screen.findByRole('combobox', { name: /^Team: Jonas/ });
  await user.clear(field);
  await user.type(field, ' Logistics {Enter}');
  await waitFor(() => expect(sent).toEqual([{ team: 'Logistics' }]));
  await waitFor(() =>
    expect(screen.getByRole('combobox', { name: /^Team: Jonas/ })).toHaveValue('Logistics'),
  );
});
