// The mock API. It keeps what one changes until the server restarts; tests begin afresh by
// overriding single handlers.
import { HttpResponse, http } from 'msw';
import type { Dimension, ReportMail, Ticket } from '../src/api/types';
import { answers, categories, rules, session, settings, users } from './company.ts';
import { driftHandlers } from './drift.ts';
import { experimentHandlers } from './experiments.ts';
import { learningHandlers } from './learning.ts';
import { metrics } from './metrics.ts';
import { officeHandlers } from './office.ts';
import { day } from './random.ts';
import { reviewHandlers } from './reviews.ts';
import { roomHandlers } from './room.ts';
import { readings, rowOf, tickets } from './tickets.ts';
import { versionHandlers } from './versions.ts';

const url = (path: string) => `*/api/v1${path}`;
const reportMail: ReportMail = { every: null, next_at: null, may_send: true };
const page = <T>(items: T[], next: string | null = null) => HttpResponse.json({ items, next });

/** Tests draw short lists. */
export const pages = { most: 100 };

export const problem = (status: number, title: string, detail?: string, errors?: object[]) =>
  HttpResponse.json(
    { type: 'about:blank', title, status, detail, errors, request_id: 'req_01JD3X9T2K' },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );

const find = (number: unknown) => tickets.find((ticket) => ticket.number === Number(number));

function inView(ticket: Ticket, view: string | null): boolean {
  switch (view) {
    case 'inbox':
      return ticket.status === 'new' || ticket.status === 'open';
    case 'mine':
      return ticket.assignee?.id === session.user.id && ticket.status !== 'solved';
    case 'unassigned':
      return ticket.assignee === null && ['new', 'open', 'pending'].includes(ticket.status);
    case 'pending':
    case 'on_hold':
    case 'solved':
      return ticket.status === view;
    default:
      return true;
  }
}

const ticketHandlers = [
  http.get(url('/tickets'), ({ request }) => {
    const params = new URL(request.url).searchParams;
    const q = params.get('q')?.toLowerCase();
    const category = params.get('category');
    const found = tickets.filter(
      (ticket) =>
        inView(ticket, params.get('view')) &&
        (!category || ticket.category.id === category) &&
        (!q || `${ticket.subject} ${ticket.excerpt}`.toLowerCase().includes(q)),
    );
    const start = Number(params.get('cursor') ?? 0);
    const limit = Math.min(pages.most, Number(params.get('limit') ?? 50));
    const next = start + limit < found.length ? String(start + limit) : null;
    return page(found.slice(start, start + limit).map(rowOf), next);
  }),
  http.get(url('/tickets/:number'), ({ params }) => {
    const ticket = find(params.number);
    return ticket ? HttpResponse.json(ticket) : problem(404, 'No such ticket');
  }),
  http.get(url('/tickets/:number/reading'), ({ params }) => {
    const reading = readings.get(Number(params.number));
    if (!reading) return problem(404, 'No such ticket');
    if (reading.state === 'blind')
      return HttpResponse.json({ ...reading, ranked: [], why: [], similar: [] });
    return HttpResponse.json(reading);
  }),
  http.get(url('/tickets/:number/draft'), ({ params, request }) => {
    const ticket = find(params.number);
    const answer = answers.find(
      (one) => one.id === new URL(request.url).searchParams.get('answer'),
    );
    const name = ticket?.requester.name?.split(' ')[0] ?? 'there';
    return HttpResponse.json({ body: answer?.body.replace(/\{\{[^}]*\}\}/g, name) ?? '' });
  }),
  http.get(url('/tickets/:number/history'), ({ params }) => {
    const ticket = find(params.number);
    const at = ticket?.created_at ?? 0;
    return page([
      {
        id: 'h1',
        at,
        kind: 'ticket.created',
        actor: 'Customer',
        text: 'Wrote by the contact form',
      },
      {
        id: 'h2',
        at: at + 400,
        kind: 'decision.made',
        actor: 'Deskwise',
        text: ticket?.decision?.reason ?? '',
      },
    ]);
  }),
  http.patch(url('/tickets/:number'), async ({ params, request }) => {
    const ticket = find(params.number);
    if (!ticket) return problem(404, 'No such ticket');
    const change = (await request.json()) as {
      status?: Ticket['status'];
      category?: string;
      assignee?: string | null;
    };
    if (change.status) ticket.status = change.status;
    if (change.category)
      ticket.category = categories.find((one) => one.id === change.category) ?? ticket.category;
    if (change.assignee !== undefined) {
      ticket.assignee = users.find((one) => one.id === change.assignee) ?? null;
    }
    ticket.updated_at = Date.now();
    return HttpResponse.json(ticket);
  }),
  http.post(url('/tickets/:number/messages'), async ({ params, request }) => {
    const ticket = find(params.number);
    if (!ticket) return problem(404, 'No such ticket');
    const sent = (await request.json()) as {
      kind: 'public' | 'note';
      body: string;
      answer?: string;
      status?: Ticket['status'];
    };
    const answer = answers.find((one) => one.id === sent.answer);
    ticket.messages = [
      ...ticket.messages,
      {
        id: crypto.randomUUID(),
        kind: sent.kind,
        author: 'agent',
        author_name: session.user.name,
        responder: sent.kind === 'public' ? 'agent' : null,
        body: sent.body,
        html: null,
        answer: answer ? { id: answer.id, title: answer.title } : null,
        created_at: Date.now(),
        attachments: [],
        delivery: sent.kind === 'public' ? { state: 'waiting', error: null } : null,
        withdrawn: null,
      },
    ];
    if (sent.status) ticket.status = sent.status;
    return HttpResponse.json(ticket, { status: 201 });
  }),
];

const counts = () => {
  const views = ['inbox', 'mine', 'unassigned', 'pending', 'on_hold', 'solved', 'all'];
  const of = (view: string) => tickets.filter((ticket) => inView(ticket, view)).length;
  return { views: Object.fromEntries(views.map((view) => [view, of(view)])), mailbox: 3, dead: 1 };
};

let signedIn = true;

export const handlers = [
  http.get(url('/session'), () =>
    signedIn ? HttpResponse.json(session) : problem(401, 'Not signed in'),
  ),
  http.post(url('/session'), async ({ request }) => {
    const { password } = (await request.json()) as { password: string };
    if (password === 'wrong') return problem(401, 'Wrong email or password');
    signedIn = true;
    return HttpResponse.json(session);
  }),
  http.delete(url('/session'), () => {
    signedIn = false;
    return new HttpResponse(null, { status: 204 });
  }),
  http.post(url('/first-admin'), () =>
    problem(410, 'This link has expired', 'Restart the server to get another.'),
  ),
  http.post(url('/invitations/acceptance'), () => HttpResponse.json(session)),
  http.get(url('/counts'), () => HttpResponse.json(counts())),
  ...ticketHandlers,
  http.get(url('/users'), () => page(users)),
  http.get(url('/categories'), () => page(categories)),
  http.put(url('/categories/:id/policy'), async ({ params, request }) => {
    const category = categories.find((one) => one.id === params.id);
    if (!category) return problem(404, 'No such category');
    const change = (await request.json()) as Partial<(typeof category)['policy']>;
    category.policy = {
      ...category.policy,
      ...change,
      changed_at: Date.now(),
      changed_by: session.user.name,
    };
    category.policy.effective =
      category.policy.mode === 'auto' && !category.certificate ? 'suggest' : category.policy.mode;
    const recall = { withdrawn: 0, left: [], unrecalled: [] };
    return HttpResponse.json({ ...category, recall });
  }),
  ...versionHandlers,
  http.get(url('/rules'), () => page(rules)),
  http.get(url('/settings'), () => HttpResponse.json(settings)),
  http.patch(url('/settings'), async ({ request }) =>
    HttpResponse.json(Object.assign(settings, await request.json())),
  ),
  http.get(url('/metrics'), ({ request }) => {
    const params = new URL(request.url).searchParams;
    const to = Number(params.get('to') ?? Date.now());
    const from = Number(params.get('from') ?? to - 70 * day);
    const period = (params.get('period') ?? 'day') as 'day' | 'week' | 'month';
    const by = (params.get('by') ?? 'category') as Dimension;
    return HttpResponse.json(metrics(from, to, period, by));
  }),
  http.get(url('/metrics/mail'), () => HttpResponse.json(reportMail)),
  http.put(url('/metrics/mail'), async ({ request }) => {
    const { every } = (await request.json()) as { every: 'day' | 'week' | 'month' };
    return HttpResponse.json(Object.assign(reportMail, { every, next_at: Date.now() + 3 * day }));
  }),
  http.delete(url('/metrics/mail'), () => {
    Object.assign(reportMail, { every: null, next_at: null });
    return new HttpResponse(null, { status: 204 });
  }),
  ...driftHandlers,
  ...learningHandlers,
  ...experimentHandlers,
  ...officeHandlers,
  ...reviewHandlers,
  ...roomHandlers,
];
