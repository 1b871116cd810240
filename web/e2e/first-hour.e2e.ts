// A new installation: the printed link makes the first admin, who is led through the first hour.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fits, launch, watched } from './browser';
import { type Server, start } from './server';

let browser: Browser;
let server: Server;

beforeAll(async () => {
  server = await start('serve');
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test('the first admin signs up by the link, once, and sets up the company', async () => {
  const context = await browser.newContext();
  const { page, complaints } = await watched(context);
  const path = /\/console\/first\/\S+/.exec(server.output())?.[0];
  expect(path, server.output()).toBeDefined();

  await page.goto(server.url + path);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password', { exact: true }).fill('a short sentence is easier');
  await page.getByRole('button', { name: 'Create admin and sign in' }).click();
  await page.getByRole('heading', { name: 'The first hour' }).waitFor();
  await fits(page);

  await page.getByLabel('Name', { exact: true }).fill('Lighthouse Books');
  await page.getByLabel('Public address').fill('https://help.lighthouse.example');
  await page.getByRole('button', { name: 'Save company' }).click();
  await page.getByText('1 of 6 done').waitFor();

  // Nothing has happened here yet, and the inbox says what to do.
  await page.goto(`${server.url}/console/inbox/all`);
  await page.getByText('No questions yet').waitFor();
  expect(complaints).toEqual([]);

  const again = await context.request.post(`${server.url}/api/v1/first-admin`, {
    data: {
      token: path?.split('/').pop(),
      name: 'Eve',
      email: 'e@example.com',
      password: 'x'.repeat(20),
    },
  });
  expect(again.status()).toBeGreaterThanOrEqual(400);
  await context.close();
});
