import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

it('narrows by a click on a line, says so, and widens again', async () => {
  const asked: string[] = [];
  server.events.on('request:start', ({ request }) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname.endsWith('/metrics')) asked.push(searchParams.get('channel') ?? 'all');
  });
  const { user } = renderPage('/metrics?group=channel');
  const line = await screen.findByRole('rowheader', { name: 'by the contact form' });
  await user.click(within(line).getByRole('link'));
  await waitFor(() => expect(asked.at(-1)).toBe('form'));
  expect(screen.getByRole('link', { name: /CSV/ })).toHaveAttribute(
    'href',
    expect.stringContaining('channel=form'),
  );
  await user.click(screen.getByRole('button', { name: 'No longer only by the contact form' }));
  await waitFor(() =>
    expect(screen.getByRole('link', { name: /CSV/ })).toHaveAttribute(
      'href',
      expect.not.stringContaining('channel='),
    ),
  );
  expect(screen.queryByRole('button', { name: /No longer only/ })).toBeNull();
});

it('carries all filters to the tickets behind a number', async () => {
  renderPage('/metrics?channel=mail&language=de&group=responder');
  const table = await screen.findByRole('table');
  const link = within(table).getAllByRole('link', { name: /^[\d,]+$/ })[0];
  expect(link).toHaveAttribute('href', expect.stringMatching(/channel=mail/));
  expect(link).toHaveAttribute('href', expect.stringMatching(/language=de/));
});
