import { screen, waitFor } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

it('takes the text of a missing answer into the form', async () => {
  const { user } = renderPage('/answers/suggestions');
  expect(await screen.findByText(/^8% of the words differ · .* 34% of 120/)).toBeInTheDocument();
  expect(screen.getByText(/412 tickets of the last 90 days/)).toBeInTheDocument();
  await user.click(screen.getByRole('link', { name: 'Make it an answer' }));
  expect(await screen.findByDisplayValue('Change picture profile')).toBeInTheDocument();
  expect(screen.getByDisplayValue(/open your profile, click on the picture/)).toBeInTheDocument();
});

it('puts a suggestion aside, and takes it up again', async () => {
  const sent: string[] = [];
  server.events.on('request:start', ({ request }) => {
    if (request.method !== 'GET') sent.push(`${request.method} ${new URL(request.url).pathname}`);
  });
  const { user } = renderPage('/answers/suggestions');
  const name = 'Not now: Change picture profile';
  await user.click(await screen.findByRole('button', { name }));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  const route = '/api/v1/answers/suggestions/5f1d03a9c6b7e210/dismissal';
  await waitFor(() => expect(sent).toEqual([`PUT ${route}`, `DELETE ${route}`]));
});

it('says how far an answer has come with the learner', async () => {
  renderPage('/answers/ans_2');
  expect(
    await screen.findByText(/^41 tickets teach it\. The model in use knows it\./),
  ).toHaveTextContent(/after about 120 more tickets .* takes about 4 weeks\.$/);
});

it('says when there is nothing to suggest', async () => {
  const none = { days: 90, looked: 1, missing: [], merge: [], retire: [] };
  server.use(http.get('*/api/v1/answers/suggestions', () => HttpResponse.json(none)));
  renderPage('/answers/suggestions');
  expect(await screen.findByText('Nothing to suggest')).toBeInTheDocument();
  expect(screen.getByText(/^1 freely answered ticket of the last 90 days/)).toBeInTheDocument();
});
