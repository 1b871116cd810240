// The customer's side, with JavaScript switched off.
import type { APIRequestContext, Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { fits, launch, watched } from './browser';

const url = inject('url');
let browser: Browser;
let page: Page;
let complaints: string[];
/** The API as an admin sees it: the customer's mail stays in the mailbox. */
let staff: APIRequestContext;

beforeAll(async () => {
  browser = await launch();
  staff = (await browser.newContext({ extraHTTPHeaders: { origin: url } })).request;
  const response = await staff.post(`${url}/api/v1/session`, { data: inject('admin') });
  expect(response.status()).toBe(200);
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const viewport = { width: 390, height: 844 };
  ({ page, complaints } = await watched(
    await browser.newContext({ javaScriptEnabled: false, viewport }),
  ));
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('the help centre finds an answer', async () => {
  await page.goto(url);
  await page.getByRole('searchbox').fill('password');
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('heading', { name: /answers? for “password”/ }).waitFor();
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await fits(page);
});

test('a question is asked by the form, followed by its link, and added to', async () => {
  await page.goto(`${url}/contact`);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').getByText('Not sent yet').waitFor();

  await page.getByLabel('Your mail address').fill('visitor@example.com');
  await page.getByLabel('Subject').fill('A board of mine is gone');
  await page.getByLabel('How can we help?').fill('Yesterday it was there, today it is not. 🙁');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'We have your question' }).waitFor();
  await fits(page);

  const number = await page.getByRole('strong').first().textContent();
  const { link } = await json(`/tickets/${number}`);
  await page.goto(link);
  await page.getByText('Yesterday it was there').waitFor();
  await page.getByLabel('Write more').fill('It is called “Kitchen”.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('It is called “Kitchen”.').waitFor();
  await fits(page);
});

test('who says that an automatic answer did not help gets a person', async () => {
  const { number, link } = await answeredByItself();
  await page.goto(link);
  await page.getByText('automatic answer', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'This did not help' }).click();
  await page.getByRole('status').waitFor();
  expect(['new', 'open']).toContain((await json(`/tickets/${number}`)).status);
});

test('a forged link opens nothing', async () => {
  const response = await page.goto(`${url}/t/AAAAAAAAAAAAAAAAAAAAAAAA`);
  expect(response?.status()).toBe(404);
  await page.getByRole('heading', { level: 1 }).waitFor();
  complaints.length = 0;
});

test('a rating is given from the link in the mail, and changed', async () => {
  await page.goto(await ratingLink());
  await page.getByLabel('Good').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  await page.getByLabel('Bad').check();
  await page.getByLabel('What should we know?').fill('It came a day late.');
  await page.getByRole('button', { name: 'Change the rating' }).click();
  await page.getByText('It came a day late.').waitFor();
  await fits(page);
});

async function json(path: string) {
  return (await staff.get(`${url}/api/v1${path}`)).json();
}

/** The first result of `look` that is there; the demo's people work while we wait. */
async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 45_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('the demo did not get that far');
    await new Promise((next) => setTimeout(next, 500));
  }
}

async function answeredByItself(): Promise<{ number: number; link: string }> {
  return eventually(async () => {
    const { items } = await json('/tickets?view=solved&action=auto&limit=100');
    for (const row of items) {
      if (row.resolution || row.rating) continue;
      const ticket = await json(`/tickets/${row.number}`);
      // In shadow the action is what would have been done, and an agent has answered.
      if (ticket.solved_by !== 'agent') return ticket;
    }
    return undefined;
  });
}

async function ratingLink(): Promise<string> {
  return eventually(async () => {
    const { items } = await json('/mailbox?limit=100');
    const survey = items.find((mail: { kind: string }) => mail.kind === 'survey');
    if (!survey) return undefined;
    const { text } = await json(`/mailbox/${survey.id}`);
    return /https?:\/\/\S+\/rate\/\S+/.exec(text)?.[0];
  });
}
