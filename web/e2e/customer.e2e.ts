// The customer's side, with JavaScript switched off.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launch, watched } from './browser';

const url = inject('url');
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launch();
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
  await page
    .getByRole('main')
    .getByText(/password/i)
    .first()
    .waitFor();
});

test('a question is asked by the form, followed, and answered by a person after "this did not help"', async () => {
  await page.goto(`${url}/contact`);
  await page.getByLabel(/email/i).fill('visitor@example.com');
  await page.getByLabel(/subject/i).fill('A board of mine is gone');
  await page
    .getByLabel(/message|question|how can we help/i)
    .fill('Yesterday it was there, today it is not. 🙁');
  await page.getByRole('button', { name: /send/i }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page
    .getByRole('link', { name: /follow|your (ticket|question)/i })
    .first()
    .click();
  expect(new URL(page.url()).pathname).toMatch(/^\/t\//);
  await page.getByText('Yesterday it was there').waitFor();

  await page.getByRole('textbox').last().fill('It is called “Kitchen”.');
  await page
    .getByRole('button', { name: /send|reply/i })
    .first()
    .click();
  await page.getByText('It is called “Kitchen”.').waitFor();
});

test('a forged link opens nothing', async () => {
  const response = await page.goto(`${url}/t/AAAAAAAAAAAAAAAAAAAAAAAA`);
  expect(response?.status()).toBeGreaterThanOrEqual(400);
  expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toBe('');
  complaints.length = 0;
});

test('a rating is given from the link in the mail, and can be changed', async () => {
  await page.goto(await ratingLink());
  for (const verdict of ['Good', 'Bad']) {
    await page
      .getByRole('button', { name: new RegExp(verdict, 'i') })
      .first()
      .click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (verdict === 'Good') await page.goBack();
  }
});

/** The demo's mail stays in the mailbox, where an admin can read it. */
async function ratingLink(): Promise<string> {
  const staff = await browser.newContext();
  const origin = { origin: url };
  await staff.request.post(`${url}/api/v1/session`, { data: inject('admin'), headers: origin });
  const found = await expect
    .poll(
      async () => {
        const { items } = await (await staff.request.get(`${url}/api/v1/mailbox?limit=100`)).json();
        const survey = items.find((mail: { kind: string }) => mail.kind === 'survey');
        if (!survey) return null;
        const mail = await (await staff.request.get(`${url}/api/v1/mailbox/${survey.id}`)).json();
        return /https?:\/\/\S+\/rate\/\S+/.exec(mail.text)?.[0] ?? null;
      },
      { timeout: 45_000 },
    )
    .not.toBeNull();
  void found;
  const { items } = await (await staff.request.get(`${url}/api/v1/mailbox?limit=100`)).json();
  const survey = items.find((mail: { kind: string }) => mail.kind === 'survey');
  const mail = await (await staff.request.get(`${url}/api/v1/mailbox/${survey.id}`)).json();
  await staff.close();
  return /https?:\/\/\S+\/rate\/\S+/.exec(mail.text)?.[0] ?? '';
}
