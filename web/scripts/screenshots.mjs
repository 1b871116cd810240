// Takes pictures of every page at desktop and phone width, light and dark.
// usage: node scripts/screenshots.mjs [--base URL] [--out DIR] [--only NAME] [--email E --password P]
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8080' },
    out: { type: 'string', default: 'screenshots' },
    only: { type: 'string' },
    theme: { type: 'string' },
    size: { type: 'string' },
    email: { type: 'string' },
    password: { type: 'string' },
  },
});

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const pages = {
  'sign-in': '/sign-in',
  inbox: '/inbox/all',
  ticket: '/inbox/all/FIRST',
  categories: '/categories',
  category: '/categories/FIRST',
  answers: '/answers',
  answer: '/answers/FIRST',
  rules: '/rules',
  metrics: '/metrics',
  mailbox: '/mailbox',
  models: '/models',
  audit: '/audit',
  setup: '/setup',
  settings: '/settings',
  people: '/people',
  tokens: '/tokens',
};

const browser = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'shots-')), {
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage();
const problems = [];
page.on('console', (message) => {
  if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`);
});
page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));

const api = async (path) => (await page.request.get(`${values.base}/api/v1${path}`)).json();
if (values.email) {
  await page.request.post(`${values.base}/api/v1/session`, {
    headers: { origin: values.base },
    data: { email: values.email, password: values.password },
  });
}
const first = {
  ticket: async () => (await api('/tickets?view=inbox&limit=5')).items[0]?.number,
  category: async () => (await api('/categories')).items[0]?.id,
  answer: async () => (await api('/answers')).items[0]?.id,
};

mkdirSync(values.out, { recursive: true });
for (const [name, path] of Object.entries(pages)) {
  if (values.only && !values.only.split(',').includes(name)) continue;
  const target = path.includes('FIRST') ? path.replace('FIRST', await first[name]()) : path;
  for (const [size, viewport] of Object.entries(sizes)) {
    if (values.size && values.size !== size) continue;
    await page.setViewportSize(viewport);
    for (const scheme of ['light', 'dark']) {
      if (values.theme && values.theme !== scheme) continue;
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      await page.goto(`${values.base}/console${target}`);
      await page.waitForLoadState('load');
      await page.waitForTimeout(900);
      await page.screenshot({ path: join(values.out, `${name}-${size}-${scheme}.png`) });
    }
  }
}
await browser.close();
for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`);
process.exit(problems.length ? 1 : 0);
