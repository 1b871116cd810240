// What an agent and an admin do all day, in the demo's company.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { fits, launch, signIn, watched } from './browser';

const url = inject('url');
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  ({ page, complaints } = await watched(context));
});
afterEach(async () => {
  await page.context().close();
  expect(complaints).toEqual([]);
});

test('a wrong password is refused in words', async () => {
  await page.goto(`${url}/console/`);
  await page.getByLabel('Email').fill(inject('agent').email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(/password (is wrong|do not match)/).waitFor();
});

test('a session that has ended asks to sign in again, and leads back', async () => {
  await signIn(page, url, inject('agent'));
  await page.goto(`${url}/console/metrics`);
  await page.getByRole('heading', { name: 'Metrics', level: 1 }).waitFor();
  // Signed out in another tab.
  await page.request.delete(`${url}/api/v1/session`, { headers: { origin: url } });
  // The first question that is asked without a session is enough: by a live event, or here to be ready for a click.
  const asked = page.getByRole('link', { name: 'Rules' }).hover();
  await Promise.race([asked.catch(() => undefined), page.getByLabel('Email').waitFor()]);
  await page.getByLabel('Email').waitFor();
  await page.getByLabel('Email').fill(inject('agent').email);
  await page.getByLabel('Password', { exact: true }).fill(inject('agent').password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Metrics', level: 1 }).waitFor();
});

test('an agent walks the queue by keyboard and searches it', async () => {
  await signIn(page, url, inject('agent'));
  const list = page.getByRole('list', { name: 'Tickets' });
  await list.getByRole('link').first().waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByRole('heading', { level: 1 }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('Choose a ticket').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  // The dialog keeps the focus, however often one goes on, and gives it back.
  for (let steps = 0; steps < 4; steps += 1) await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(
    true,
  );
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const search = page.getByLabel('Search subject, text, sender');
  await search.fill('password');
  await list.getByRole('link').first().waitFor();
  await search.fill('xyzzyplugh');
  await page.getByText('Nothing found for').waitFor();
});

test('an agent answers from a suggestion, which can be edited before it is sent', async () => {
  await signIn(page, url, inject('agent'));
  await openSuggested(page);
  await page
    .getByRole('button', { name: /^Use “/ })
    .first()
    .click();
  const editor = page.getByLabel(/^Write to /);
  await expect.poll(() => editor.inputValue()).not.toBe('');
  const line = `Written in a browser test ${Date.now()}`;
  await editor.fill(`${await editor.inputValue()}\n\n${line}`);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article').getByText(line).last().waitFor();
});

test('a file goes along with a reply and is there to be saved', async () => {
  await signIn(page, url, inject('agent'));
  await page.getByRole('list', { name: 'Tickets' }).getByRole('link').first().click();
  const editor = page.getByLabel(/^Write to /);
  await editor.fill(`See the picture ${Date.now()}`);
  const buffer = Buffer.from('not quite a picture');
  const choose = page.locator('input[type=file]');
  await choose.setInputFiles({
    name: 'too-large.bin',
    mimeType: 'image/png',
    buffer: Buffer.alloc(11 << 20),
  });
  await page.getByText('The files may have 10 MB together').waitFor();
  await choose.setInputFiles({ name: 'Größe.png', mimeType: 'image/png', buffer });
  await page.getByRole('list', { name: 'Files that go along' }).getByText('Größe.png').waitFor();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('button', { name: 'Send now' }).click();
  const file = page.getByRole('article').getByRole('link', { name: /Größe\.png/ });
  await file.waitFor();
  const saved = await page.request.get(new URL((await file.getAttribute('href')) ?? '', url).href);
  expect(await saved.body()).toEqual(buffer);
});

test('a note stays inside, and a status is changed', async () => {
  await signIn(page, url, inject('agent'));
  await page.getByRole('list', { name: 'Tickets' }).getByRole('link').first().click();
  await page.getByRole('radiogroup').getByText('Note', { exact: true }).click();
  const note = `For the team ${Date.now()}`;
  await page.getByLabel('A note for the team').fill(note);
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('article').getByText(note).last().waitFor();
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Pending' }).click();
  await expect
    .poll(() => page.getByRole('combobox', { name: 'Status' }).inputValue())
    .toBe('Pending');
});

test('an admin switches a category, and the reason is kept', async () => {
  await signIn(page, url, inject('admin'));
  await page.goto(`${url}/console/categories`);
  await page.getByRole('rowheader').last().getByRole('link').click();
  const modes = page.getByRole('radiogroup', { name: 'Switch' });
  const shadow = await modes.getByRole('radio', { name: 'Shadow' }).isChecked();
  await modes.getByText(shadow ? 'Suggest' : 'Shadow', { exact: true }).click();
  const reason = `A browser test ${Date.now()}`;
  await page.getByLabel('Why').fill(reason);
  await page
    .getByRole('button', { name: shadow ? /^Suggest answers for / : /^Run .* in shadow$/ })
    .click();
  await page.getByText(reason).first().waitFor();
  await page.goto(`${url}/console/audit`);
  await page.getByRole('heading', { name: 'Audit' }).waitFor();
});

test('a head of support looks at what is worth doing, what a switch would do and what it would have done', async () => {
  await signIn(page, url, inject('admin'));
  await page.goto(`${url}/console/categories`);
  await page.getByText(/Hours rest on an assumption/).waitFor();
  const rows = page.getByRole('rowheader');
  expect(await rows.count()).toBeGreaterThan(2);
  await rows.first().getByRole('link').click();
  await page.getByRole('heading', { name: 'What if' }).waitFor();
  await page.getByRole('heading', { name: 'The stack' }).waitFor();
  await page.getByRole('link', { name: 'Replay past weeks' }).click();
  await page.getByRole('heading', { name: /^Replay of/ }).waitFor();
  await page.getByText(/It rests on|No tickets to replay/).waitFor();
});

test('a rule is tried on past tickets before it is saved', async () => {
  await signIn(page, url, inject('admin'));
  await page.goto(`${url}/console/rules`);
  await page.getByRole('button', { name: 'Add a rule' }).first().click();
  await page.getByRole('combobox', { name: 'Answer' }).click();
  await page.getByRole('option').first().click();
  await page.getByRole('combobox', { name: 'With any of these words' }).fill('the');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'How far back' }).click();
  await page.getByRole('option', { name: 'last 366 days' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  await page.getByText('Would have answered', { exact: true }).waitFor();
  expect(await page.getByText(/^(Wrong|Right|Not known)$/).count()).toBeGreaterThan(0);
});

test('an answer is written with a preview, and a broken template names its fault', async () => {
  await signIn(page, url, inject('agent'));
  await page.goto(`${url}/console/answers/new`);
  const title = `Browser answer ${Date.now()}`;
  await page.getByLabel('Title').fill(title);
  await page.getByRole('textbox', { name: 'Text' }).fill('Hello {{ requester.name }');
  await page
    .getByText(/line 1/i)
    .first()
    .waitFor();
  await page
    .getByRole('textbox', { name: 'Text' })
    .fill('Hello {{ requester.name }}, this is the answer.');
  await page
    .getByText(/^Hello (?!\{\{).*, this is the answer\.$/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Create the answer' }).click();
  await page.goto(`${url}/console/answers`);
  await page.getByLabel('Search answers').fill(title);
  await page.getByRole('link', { name: title }).waitFor();
});

test('metrics show rates with their counts, and can be read as a table', async () => {
  await signIn(page, url, inject('agent'));
  await page.goto(`${url}/console/metrics`);
  await page.getByRole('heading', { name: 'Metrics' }).waitFor();
  await page.getByRole('button', { name: 'Show as a table' }).first().click();
  await page.getByRole('table').first().waitFor();
});

test('every page fits a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, url, inject('admin'));
  for (const path of [
    'inbox/all',
    'categories',
    'reviews',
    'answers',
    'rules',
    'models',
    'drift',
    'experiments',
    'experiments/new',
    'metrics',
    'mailbox',
    'audit',
    'people',
    'tokens',
    'settings',
    'setup',
  ]) {
    await page.goto(`${url}/console/${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await fits(page);
  }
});

/** Opens the first waiting ticket that has suggestions; a blind one shows none. */
async function openSuggested(page: Page) {
  const links = page.getByRole('list', { name: 'Tickets' }).getByRole('link');
  await links.first().waitFor();
  for (let index = 0; index < (await links.count()); index += 1) {
    await links.nth(index).click();
    const use = page.getByRole('button', { name: /^Use “/ }).first();
    if (
      await use.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new Error('no waiting ticket has a suggestion');
}
