// From automatic answers to reviews to a pause, and back, in a company of its own.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fits, launch, watched } from './browser';
import { type Server, start } from './server';

// Answers are chosen for review once a minute.
const patience = 150_000;
const category = '/categories/1';

let browser: Browser;
let server: Server;
let context: BrowserContext;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  server = await start('serve');
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await watched(context));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

type Method = 'get' | 'post' | 'put' | 'patch';

async function call(method: Method, route: string, data?: object) {
  const response = await context.request[method](`${server.url}/api/v1${route}`, {
    data,
    headers: { origin: server.url },
  });
  expect(response.ok(), `${route}: ${await response.text()}`).toBe(true);
  return response.json();
}

test(
  'wrong answers are reviewed unseen, pause the category, and a person resumes it',
  async () => {
    const first = /\/console\/first\/\S+/.exec(server.output())?.[0];
    await page.goto(server.url + first);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a short sentence is easier');
    await page.getByRole('button', { name: 'Create admin and sign in' }).click();
    await page.getByRole('heading', { name: 'The first hour' }).waitFor();

    await page.goto(`${server.url}/console/reviews`);
    await page.getByText('Nothing to review').waitFor();
    await fits(page);

    const body = 'You find your invoices under Billing.';
    const sent = await call('post', '/answers', { title: 'Invoices', body });
    const right = await call('post', '/answers', { title: 'Refunds', body: 'Within a week.' });
    const conditions = { words: ['invoice*'] };
    await call('post', '/rules', { name: 'Invoices', conditions, answer: sent.id });
    await call('patch', '/settings', { reviews_a_day: 90 });
    await call('put', `${category}/policy`, { mode: 'auto', blind: 0.02 });
    for (let index = 0; index < 50; index += 1) {
      const requester = { email: `customer${index}@example.com` };
      const subject = 'My money';
      await call('post', '/tickets', { requester, subject, body: 'The invoice was paid twice.' });
    }

    // The question is there; what was sent is not, before one has chosen.
    await page.getByText('The invoice was paid twice.').first().waitFor({ timeout: patience });
    expect(await page.getByText(body).count()).toBe(1); // as one of the answers to choose from
    await page.getByRole('combobox', { name: 'Find an answer by its words' }).fill('refund');
    await page.getByRole('option', { name: /^Refunds/ }).waitFor();
    await expect.poll(() => page.getByRole('option').count()).toBe(2);
    await page.keyboard.press('Enter');
    await page.getByText('You chose: Refunds').waitFor();
    await page.keyboard.press('z');
    await page.getByRole('combobox').fill('refund');
    await expect.poll(() => page.getByRole('option').count()).toBe(2);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Show what was sent' }).click();
    await page.getByText('Something else was sent').waitFor();
    await page.getByText(body).waitFor();
    await page.getByText('Harmful', { exact: true }).click();
    await expect.poll(() => page.getByRole('radio', { name: 'Harmful' }).isChecked()).toBe(true);
    await page.getByText('1 of 90 today').waitFor();
    await page.getByRole('button', { name: 'Next ticket' }).click();
    await page.getByRole('combobox').waitFor();

    // The rest of them likewise, by the same calls.
    const { items } = await call('get', '/reviews');
    for (const { number } of items) {
      await call('post', `/reviews/${number}`, { answer: right.id });
    }
    await page.goto(`${server.url}/console/categories/1`);
    await page.getByText(/^Paused .* reviewed answers were wrong\.$/).waitFor();
    await fits(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page);
    const late = await call('post', '/tickets', {
      requester: { email: 'late@example.com' },
      body: 'And one more invoice.',
    });
    await expect
      .poll(async () => (await call('get', `/tickets/${late.number}`)).decision?.action, {
        timeout: 10_000,
      })
      .not.toBeFalsy();
    expect((await call('get', `/tickets/${late.number}`)).decision.action).not.toBe('auto');

    await page.getByRole('button', { name: 'Resume Uncategorised' }).click();
    await page.getByText('Uncategorised is resumed').waitFor();
    await expect.poll(() => page.getByText(/^Paused /).count()).toBe(0);
    await page.goto(`${server.url}/console/reviews`);
    await page.getByRole('heading', { name: 'Review', level: 1 }).waitFor();
    await fits(page);
    expect(complaints).toEqual([]);
  },
  patience + 60_000,
);
