// Takes pictures of every page, console and public, at desktop and phone width, light and dark.
// usage: node scripts/screenshots.mjs [--base URL] [--out DIR] [--only NAME,…] [--theme light|dark]
//        [--size desktop|phone] [--full] [--email E --password P]
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { consolePages, publicPages, visitorPages } from './pages.mjs';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8080' },
    out: { type: 'string', default: 'screenshots' },
    only: { type: 'string' },
    theme: { type: 'string' },
    size: { type: 'string' },
    full: { type: 'boolean', default: false },
    email: { type: 'string' },
    password: { type: 'string' },
  },
});
const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const only = values.only?.split(',');
const wanted = (name) => !only || only.includes(name);

const launch = () =>
  chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'shots-')), {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
const staff = await launch();
const visitor = await launch();
const problems = [];

// A staff member's eyes: signs in once, and asks the API which ticket, category and mail to show.
if (values.email) {
  await staff.request.post(`${values.base}/api/v1/session`, {
    headers: { origin: values.base },
    data: { email: values.email, password: values.password },
  });
}
const api = async (path) => (await staff.request.get(`${values.base}/api/v1${path}`)).json();

mkdirSync(values.out, { recursive: true });
await photograph(visitor, visitorPages);
await photograph(visitor, publicPages);
if (values.email) await photograph(staff, consolePages);
await staff.close();
await visitor.close();
for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`);
process.exit(problems.length ? 1 : 0);

/** Each page is `{ at, act?, expect? }`: where it is, what to do there first, and a status that is no mistake. */
async function photograph(context, pages) {
  const page = await context.newPage();
  let expected = 200;
  page.on('console', (message) => {
    const refused = message.text().startsWith('Failed to load resource') && expected !== 200;
    if (message.type() === 'error' && !refused) problems.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  for (const [name, what] of Object.entries(pages)) {
    if (!wanted(name)) continue;
    const path = typeof what.at === 'string' ? what.at : await what.at(api, values.base);
    if (!path) {
      process.stderr.write(`${name}: the demo has nothing to show here yet\n`);
      continue;
    }
    expected = what.expect ?? 200;
    for (const [size, viewport] of Object.entries(sizes)) {
      if (values.size && values.size !== size) continue;
      await page.setViewportSize(viewport);
      for (const scheme of ['light', 'dark']) {
        if (values.theme && values.theme !== scheme) continue;
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.goto(new URL(path, values.base).href);
        await page.waitForLoadState('load');
        await what.act?.(page);
        await page.waitForTimeout(path.startsWith('/console') ? 900 : 150);
        const file = join(values.out, `${name}-${size}-${scheme}.png`);
        await page.screenshot({ path: file, fullPage: values.full });
      }
    }
  }
  await page.close();
}
