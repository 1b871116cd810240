import { metrics } from '@mock/metrics';
import { screen } from '@testing-library/react';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import type { Metrics } from '@/api/types';
import { renderPage } from '../../../test/render';
import { server } from '../../../test/setup';

const day = 86_400_000;

function answerWith(now: Metrics['saved'], before: Metrics['saved']) {
  const made = metrics(Date.now() - 28 * day, Date.now(), 'day');
  server.use(
    http.get('*/api/v1/metrics', () =>
      HttpResponse.json({ ...made, saved: now, before: { ...made.before, saved: before } }),
    ),
  );
}

const hours = (low: number, high: number) => ({
  hours_low: low,
  hours_high: high,
  money_low: low * 38,
  money_high: high * 38,
});

const work = async () => (await screen.findByText('Work saved')).closest('div');

it('says in words that work was lost, and why', async () => {
  answerWith(hours(-12, -4), hours(-2, 3));
  renderPage('/metrics');
  expect(await work()).toHaveTextContent(
    'Work saved4–12 h lostwrong answers cost more than the right ones saved; 152–456 EUR lost' +
      '2 h lost to 3 h saved in the period before',
  );
});

it('says which end of a range is a loss', async () => {
  answerWith(hours(-12, 30), hours(10, 20));
  renderPage('/metrics');
  const figure = await work();
  expect(figure).toHaveTextContent('12 h lost to 30 h saved');
  expect(figure).toHaveTextContent('456 EUR lost to 1,140 EUR saved');
  expect(figure).toHaveTextContent('▲ 50% on the period before');
});
