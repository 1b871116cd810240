// The mock API's quieter half: answers, models, mailbox, people, audit.
import { HttpResponse, http } from 'msw';
import type { Answer, DeadJob, Mail, MailDetail, ModelPart, Models } from '../src/api/types';
import { answers, rules, session, settings, users } from './company.ts';
import { dryRun } from './dry-run.ts';
import { day, hour } from './random.ts';

const url = (path: string) => `*/api/v1${path}`;
const now = Date.now();
const page = <T>(items: T[]) => HttpResponse.json({ items, next: null });

const part = (
  category: string,
  counts: [number, number, number, number],
  change: ModelPart['change'],
) => {
  const [both_right, only_old, only_new, neither] = counts;
  return {
    category,
    tickets: both_right + only_old + only_new + neither,
    both_right,
    only_old,
    only_new,
    change,
  };
};

const changed = {
  why: 'put into use: it is better beyond chance',
  compared_text:
    'on 206 recent tickets it was right 158 times, the model in use 139 times; better on Refunds (44 of 50 instead of 31); elsewhere no difference beyond chance',
  compared: {
    parts: [
      part('Password reset', [80, 3, 9, 4], 'same'),
      part('Sign-in trouble', [24, 2, 4, 30], 'same'),
      part('Refunds', [30, 1, 14, 5], 'better'),
    ],
  },
};

const models: Models = {
  in_use: 12,
  training: null,
  next: { when: 'enough', new_labels: 212, enough: 910, next_at: null },
  encoder: null,
  unreadable: null,
  items: [12, 11, 10, 9].map((version, index) => ({
    version,
    state: index === 0 ? 'in_use' : index === 3 ? 'candidate' : 'retired',
    created_at: now - index * 6 * day - 2 * hour,
    in_use_at: index === 2 ? null : now - index * 6 * day,
    bytes: 4_812_331 - index * 120_000,
    summary: {
      kind: 'n-grams',
      train_size: 18_204 - index * 900,
      labels: 41,
      accuracy: 0.884 - index * 0.006,
      macro_f1: 0.812 - index * 0.009,
      ece: 0.018 + index * 0.002,
      ...(index === 3 ? { why: 'kept aside: it is worse beyond chance' } : {}),
      ...(index === 0 ? changed : {}),
    },
  })),
};

const mails: Mail[] = [
  [
    'reply',
    'piet@mail.example',
    'Re: Can’t sign in since the update [#8260]',
    'mailbox',
    null,
    8260,
  ],
  ['survey', 'lena@mail.example', 'Did this help?', 'mailbox', null, 8214],
  [
    'reply',
    'accounts.payable@bright-and-daughters.example',
    'Re: Invoice for October is missing',
    'waiting',
    '450 4.2.1 mailbox temporarily unavailable',
    8254,
  ],
  [
    'reply',
    'tom@old-provider.example',
    'Re: App crash',
    'dead',
    '550 5.1.1 no such user here',
    8253,
  ],
  [
    'invitation',
    'new.colleague@pinwall.example',
    'You are invited to Pinwall’s help desk',
    'sent',
    null,
    null,
  ],
].map(([kind, to, subject, state, error, number], index) => ({
  id: `mail_${index}`,
  kind: kind as Mail['kind'],
  to: to as string,
  subject: subject as string,
  state: state as Mail['state'],
  error: error as string | null,
  attempts: index + 1,
  created_at: now - index * 2 * hour,
  sent_at: state === 'sent' ? now - index * 2 * hour : null,
  ticket_number: number as number | null,
}));

let dead: DeadJob[] = [
  {
    id: 'job_1',
    kind: 'deliver',
    error: 'connect smtp.example:465: connection refused',
    attempts: 8,
    created_at: now - day,
    dead_at: now - 3 * hour,
  },
];

const findAnswer = (id: unknown) => answers.find((one) => one.id === id);

export const officeHandlers = [
  http.get(url('/answers'), ({ request }) => {
    const params = new URL(request.url).searchParams;
    const q = params.get('q')?.toLowerCase();
    const archived = params.get('archived') === 'true';
    return page(
      answers.filter(
        (one) =>
          one.archived === archived && (!q || `${one.title} ${one.body}`.toLowerCase().includes(q)),
      ),
    );
  }),
  http.post(url('/answers'), async ({ request }) => {
    const made = (await request.json()) as Partial<Answer>;
    const answer: Answer = {
      id: `ans_${answers.length + 1}`,
      key: `answer-${answers.length + 1}`,
      title: '',
      category: null,
      body: '',
      sendable: Boolean(made.body),
      published: false,
      languages: ['en'],
      archived: false,
      used_30d: 0,
      updated_at: Date.now(),
      variants: [],
      interchangeable_with: [],
      ...made,
    };
    answers.unshift(answer);
    return HttpResponse.json(answer, { status: 201 });
  }),
  http.get(url('/answers/:id'), ({ params }) => HttpResponse.json(findAnswer(params.id) ?? null)),
  http.patch(url('/answers/:id'), async ({ params, request }) => {
    const { category: _c, ...change } = (await request.json()) as Partial<Answer>;
    return HttpResponse.json(
      Object.assign(findAnswer(params.id) ?? {}, change, { updated_at: Date.now() }),
    );
  }),
  http.post(url('/answers/preview'), async ({ request }) => {
    const { body } = (await request.json()) as { body: string };
    if ((body.match(/\{\{/g)?.length ?? 0) !== (body.match(/\}\}/g)?.length ?? 0)) {
      return HttpResponse.json(
        {
          type: 'about:blank',
          title: 'Invalid template',
          status: 422,
          errors: [{ field: 'body', message: 'line 1: this “{{” is never closed' }],
        },
        { status: 422 },
      );
    }
    const text = body
      .replace(/\{\{[^}]*name[^}]*\}\}/g, 'Piet van der Berg')
      .replace(/\{\{[^}]*\}\}/g, '…');
    return HttpResponse.json({ text, html: `<p>${text}</p>` });
  }),
  http.post(url('/answers/import'), () =>
    HttpResponse.json({
      created: 14,
      updated: 3,
      errors: [{ line: 9, message: 'the column “title” is empty' }],
    }),
  ),
  http.post(url('/rules/dry-run'), () => HttpResponse.json(dryRun())),
  http.post(url('/rules'), () => HttpResponse.json(rules[0], { status: 201 })),
  http.patch(url('/rules/:id'), async ({ params, request }) => {
    const { answer: _a, ...change } = (await request.json()) as Record<string, unknown>;
    return HttpResponse.json(
      Object.assign(rules.find((one) => one.id === params.id) ?? {}, change),
    );
  }),
  http.delete(url('/rules/:id'), () => new HttpResponse(null, { status: 204 })),
  http.get(url('/models'), () => HttpResponse.json(models)),
  http.post(url('/models/training'), () => {
    models.training = { phase: 'fitting', progress: 0.42 };
    return HttpResponse.json(models, { status: 202 });
  }),
  http.post(url('/models/:version/use'), ({ params }) => {
    models.in_use = Number(params.version);
    return HttpResponse.json(models);
  }),
  http.get(url('/mailbox'), ({ request }) => {
    const state = new URL(request.url).searchParams.get('state');
    return page(mails.filter((mail) => !state || mail.state === state));
  }),
  http.get(url('/mailbox/:id'), ({ params }) => {
    const mail = mails.find((one) => one.id === params.id);
    if (!mail) return new HttpResponse(null, { status: 404 });
    return HttpResponse.json<MailDetail>({
      ...mail,
      text: 'Hi Piet,\n\nyou can set a new password here: https://pinwall.example/reset\n\nThis answer was written automatically. To reach a person, just reply.',
      headers: [
        ['From', 'Pinwall help <help@pinwall.example>'],
        ['Auto-Submitted', 'auto-replied'],
      ],
      message_id: '<8260.1@help.pinwall.example>',
    });
  }),
  http.post(url('/mailbox/:id/retry'), () => new HttpResponse(null, { status: 204 })),
  http.get(url('/jobs/dead'), () => page(dead)),
  http.post(url('/jobs/:id/retry'), () => {
    dead = [];
    return new HttpResponse(null, { status: 204 });
  }),
  http.delete(url('/jobs/:id'), () => {
    dead = [];
    return new HttpResponse(null, { status: 204 });
  }),
  http.get(url('/audit'), () =>
    page(
      Array.from({ length: 40 }, (_, index) => ({
        id: `aud_${index}`,
        at: now - index * 1.3 * hour,
        kind: ['policy.changed', 'ticket.changed', 'answer.changed', 'session.started'][
          index % 4
        ] as string,
        actor: {
          kind: index % 5 ? 'user' : 'system',
          name: index % 5 ? 'Amara Lindqvist' : 'Deskwise',
        },
        ticket_number: index % 4 === 1 ? 8260 - index : null,
        text: [
          'Set Sign-in and passwords from suggest to auto for 10%: “Certificate passed; start small.”',
          'Status from open to solved',
          'Changed the text of “Reset your password”',
          'Signed in',
        ][index % 4] as string,
      })),
    ),
  ),
  http.patch(url('/users/:id'), async ({ params, request }) =>
    HttpResponse.json(
      Object.assign(users.find((one) => one.id === params.id) ?? {}, await request.json()),
    ),
  ),
  http.get(url('/invitations'), () =>
    page([
      {
        id: 'inv_1',
        email: 'new.colleague@pinwall.example',
        name: null,
        role: 'agent',
        expires_at: now + 3 * day,
      },
    ]),
  ),
  http.post(url('/invitations'), async ({ request }) => {
    const asked = (await request.json()) as object;
    return HttpResponse.json(
      {
        id: 'inv_2',
        ...asked,
        link: 'https://help.pinwall.example/console/join/5fWm0Rk2Zq',
        expires_at: now + 3 * day,
        mailed: false,
      },
      { status: 201 },
    );
  }),
  http.delete(url('/invitations/:id'), () => new HttpResponse(null, { status: 204 })),
  http.get(url('/tokens'), () =>
    page([
      {
        id: 'tok_1',
        name: 'Website form',
        role: 'agent',
        created_at: now - 20 * day,
        last_used_at: now - hour,
      },
    ]),
  ),
  http.post(url('/tokens'), async ({ request }) => {
    const asked = (await request.json()) as object;
    return HttpResponse.json(
      { id: 'tok_2', ...asked, token: 'dw_7Qm2x0Yp4Zk9Lw3Tt8Nn' },
      { status: 201 },
    );
  }),
  http.delete(url('/tokens/:id'), () => new HttpResponse(null, { status: 204 })),
  http.post(url('/settings/test-mail'), () =>
    HttpResponse.json({ state: settings.smtp ? 'sent' : 'mailbox', to: session.user.email }),
  ),
];
