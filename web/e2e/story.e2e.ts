// The demo's story, followed through the console: shadow, on, wider, the pause, the new answer, the return.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fits, launch, type Person, signIn, watched } from './browser';
import { type Server, start } from './server';
import { personIn } from './setup';

// A chapter takes days, a day a second or two.
const patience = 150_000;

let browser: Browser;
let server: Server;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let admin: Person;

beforeAll(async () => {
  server = await start('demo', '--story', '--tickets', '4000');
  admin = personIn(server.output(), 'admin');
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await watched(context));
}, patience);
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

async function openCategory() {
  await page.goto(`${server.url}/console/categories`);
  await page.getByRole('link', { name: 'Password reset' }).first().click();
  await page.getByRole('heading', { name: 'Password reset', level: 1 }).waitFor();
}

const shows = (text: string | RegExp) =>
  page.getByText(text).first().waitFor({ timeout: patience });

/** The story itself, should it have failed, says why. */
async function sees(text: string | RegExp) {
  await shows(text).catch((error) => {
    throw new Error(`${error}\n${server.output()}`);
  });
}

test(
  'the company goes through the control room by itself',
  async () => {
    // Once: a session holds from its last use, for months of simulated time too.
    await signIn(page, server.url, admin);
    await openCategory();
    await sees(/Simulated time: .* Chapter 2 of 8: The first category in shadow/);
    await sees('Watching before anything is sent');
    await fits(page);
    await sees(/Chapter 3 of 8: On at 10%/);
    await sees('Certified: on for a tenth, beside a holdout');
    await sees(/Chapter 4 of 8/);
    await sees('Reviews keep the promise');
    await sees(/Chapter [567] of 8/);
    await sees(/^Paused .* reviewed answers were wrong\.$/);
    await fits(page);
    await page.goto(`${server.url}/console/answers`);
    await page.getByLabel('Search answers').fill('refuses right passwords');
    await sees('Version 8.2 refuses right passwords');
    await sees(/Chapter 8 of 8/);
    await openCategory();
    await sees(/The story is told/);
    await expect.poll(() => page.getByText(/^Paused /).count(), { timeout: 10_000 }).toBe(0);
    await fits(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await fits(page);
    expect(complaints).toEqual([]);
  },
  3 * patience,
);
