// The distribution's Chromium through playwright-core, and the few steps that tests share.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome'];

function executable(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error('no Chromium; install it (Debian: apt-get install chromium)');
  return found;
}

export function launch(): Promise<Browser> {
  // Chromium's sandbox refuses root.
  const root = process.getuid?.() === 0;
  const args = ['--disable-gpu', '--disable-dev-shm-usage', ...(root ? ['--no-sandbox'] : [])];
  return chromium.launch({ executablePath: executable(), args });
}

export type Person = { email: string; password: string };

export async function signIn(page: Page, url: string, person: Person) {
  await page.goto(`${url}/console/`);
  await page.getByLabel('Email').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).first().waitFor();
}

/** A page whose errors fail the test that asks for them: `complaints` stays empty. */
export async function watched(context: BrowserContext) {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Refusals (401, 422) are part of the game; what the server answered is looked at below.
    const refusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refusal) complaints.push(message.text());
  });
  page.on('response', (response) => {
    const status = response.status();
    if (status === 404 || status >= 500) complaints.push(`${status} ${response.url()}`);
  });
  return { page, complaints };
}

/** Nothing may need scrolling sideways. */
export async function fits(page: Page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, `${page.url()} is wider than the window`).toBeLessThanOrEqual(window ?? 0);
}
