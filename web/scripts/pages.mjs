// Which pages there are to photograph: where each is, what to do there first, which refusal is meant.

/** `/console` before anyone has signed in. */
export const visitorPages = {
  'sign-in': { at: '/console/sign-in', expect: 401 },
  'sign-in-wrong': {
    at: '/console/sign-in',
    expect: 422,
    act: async (page) => {
      await page.getByLabel('Email').fill('someone@example.com');
      await page.getByLabel('Password', { exact: true }).fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText(/password is wrong/).waitFor();
    },
  },
  // The forms are the same whatever the link; it is looked at when they are sent.
  'first-admin': { at: '/console/first/0000', expect: 401 },
  invitation: { at: '/console/join/0000', expect: 401 },
};

/** What customers see. */
export const publicPages = {
  help: { at: '/' },
  'help-search': { at: '/?q=password' },
  'help-nothing': { at: '/?q=xyzzyplugh' },
  article: { at: async (api) => helpAddress(await api('/answers')) },
  contact: { at: '/contact?subject=My%20boards' },
  'contact-wrong': {
    at: '/contact',
    expect: 422,
    act: async (page) => {
      await page.getByRole('button', { name: 'Send' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  'contact-sent': { at: sentAddress },
  'customer-ticket': {
    at: (api) => ticketLink(api, (row) => row.resolution === null && row.rating === null),
  },
  rating: { at: ratingLink },
  'rating-saved': {
    at: ratingLink,
    act: async (page) => {
      await page.getByLabel('Good').check();
      await page.getByRole('button', { name: /Save|Change the rating/ }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    },
  },
  'broken-link': { at: '/t/AAAAAAAAAAAAAAAAAAAAAAAA', expect: 404 },
  nowhere: { at: '/nowhere', expect: 404 },
};

/** What the team sees. */
export const consolePages = {
  inbox: { at: '/console/inbox/all' },
  ticket: { at: async (api) => ticketPage(await rows(api, 'inbox'), () => true) },
  'ticket-suggested': { at: (api) => decidedPage(api, 'suggest') },
  'ticket-shadow': { at: (api) => decidedPage(api, 'shadow') },
  'ticket-blind': {
    at: async (api) => ticketPage(await rows(api, 'inbox'), (row) => row.decision?.blind),
  },
  'ticket-answered': {
    at: async (api) => ticketPage(await rows(api, 'solved&action=auto'), () => true),
  },
  shortcuts: {
    at: '/console/inbox/all',
    act: async (page) => {
      await page.getByRole('list', { name: 'Tickets' }).getByRole('link').first().waitFor();
      await page.keyboard.press('?');
    },
  },
  'inbox-nothing': { at: '/console/inbox/all?q=xyzzyplugh' },
  categories: {
    at: '/console/categories',
    act: (page) => page.getByText(/Hours rest on an assumption/).waitFor(),
  },
  category: { at: (api) => categoryPage(api, (item) => item.policy.effective === 'auto') },
  'category-shadow': { at: (api) => categoryPage(api, (item) => item.policy.mode === 'shadow') },
  'category-need': { at: (api) => categoryPage(api, (item) => item.need) },
  'category-turning-on': {
    at: (api) => categoryPage(api, (item) => item.policy.mode !== 'auto' && item.tickets_30d > 0),
    act: async (page) => {
      // The control itself lies under its drawing.
      await page.getByRole('switch').first().press('Space');
      await page.getByRole('heading', { name: 'What will happen' }).scrollIntoViewIfNeeded();
    },
  },
  'category-what-if': {
    at: (api) => categoryPage(api, (item) => item.policy.effective === 'auto'),
    act: async (page) => {
      await page.getByRole('heading', { name: 'What if' }).scrollIntoViewIfNeeded();
    },
  },
  replay: {
    at: async (api) => `${await categoryPage(api, (item) => item.certificate)}/replay`,
  },
  reviews: { at: '/console/reviews' },
  answers: { at: '/console/answers' },
  answer: { at: async (api) => `/console/answers/${(await api('/answers')).items[0]?.id}` },
  'answer-suggestions': { at: '/console/answers/suggestions' },
  'answer-new': { at: '/console/answers/new' },
  rules: { at: '/console/rules' },
  metrics: { at: '/console/metrics' },
  mailbox: { at: '/console/mailbox' },
  learning: { at: '/console/learning' },
  'learning-conflicts': {
    at: '/console/learning',
    act: (page) => page.getByText('Conflicts').click(),
  },
  models: { at: '/console/models' },
  drift: { at: '/console/drift' },
  experiments: { at: '/console/experiments' },
  experiment: {
    at: async (api) => {
      const { items } = await api('/experiments');
      return items[0] && `/console/experiments/${items[0].id}`;
    },
  },
  'experiment-new': { at: '/console/experiments/new' },
  audit: { at: '/console/audit' },
  setup: { at: '/console/setup' },
  settings: { at: '/console/settings' },
  people: { at: '/console/people' },
  tokens: { at: '/console/tokens' },
  'not-found': { at: '/console/nowhere', expect: 404 },
};

const rows = async (api, view) => (await api(`/tickets?view=${view}&limit=100`)).items;

function ticketPage(items, fits) {
  const row = items.find(fits);
  return row && `/console/inbox/all/${row.number}`;
}

async function decidedPage(api, mode) {
  const fits = (row) => row.decision?.mode === mode && !row.decision.blind;
  return ticketPage(await rows(api, 'inbox'), fits) ?? ticketPage(await rows(api, 'all'), fits);
}

async function categoryPage(api, fits) {
  const { items } = await api('/categories');
  const found = items.find(fits);
  return found && `/console/categories/${found.id}`;
}

function helpAddress({ items }) {
  const answer = items.find((item) => item.published);
  return answer && `/help/${answer.id}`;
}

async function ticketLink(api, fits) {
  const row = (await rows(api, 'solved&action=auto')).find(fits);
  return row && new URL((await api(`/tickets/${row.number}`)).link).pathname;
}

async function ratingLink(api) {
  const { items } = await api('/mailbox?limit=100');
  const survey = items.find((mail) => mail.kind === 'survey');
  const text = survey && (await api(`/mailbox/${survey.id}`)).text;
  const link = text && /https?:\/\/\S+\/rate\/\S+/.exec(text)?.[0];
  return link && new URL(link).pathname;
}

/** Asks a question as a visitor does, and says where the form leads. */
async function sentAddress(_api, base) {
  const form = new FormData();
  form.set('email', 'visitor@example.com');
  form.set('subject', 'A board of mine is gone');
  form.set('message', 'Yesterday it was there, today it is not. 🙁');
  const sent = await fetch(`${base}/contact`, { method: 'POST', body: form, redirect: 'manual' });
  return sent.headers.get('location');
}
