// Mock tickets of awkward length, in several languages, each with its reading.
import type { Reading, Status, Ticket, TicketRow } from '../src/api/types';
import { answers, categories, users } from './company.ts';
import { day, hour, random } from './random.ts';

const r = random(42);
const now = Date.now();

const questions: [subject: string, body: string, category: number, language: string][] = [
  [
    'Can’t sign in since the update',
    'Hello,\n\nsince this morning’s update I can’t sign in on my phone. It says “wrong password”, but the same password works on my laptop. I already tried the reset link twice and it says expired each time.\n\nWhat now? I have a workshop on Thursday and all of its boards are in there.\n\nThanks\nPiet',
    1,
    'en',
  ],
  [
    '',
    'passwort vergessen und die mail kommt nicht an, auch nicht im spam ordner. bitte um hilfe!!',
    1,
    'de',
  ],
  [
    'How do I merge my boards “Kitchen” and “Kitchen ideas (old)” without losing the notes that my sister wrote under the pins?',
    'I have two boards that should be one. The notes under the pins matter most to me.',
    2,
    'en',
  ],
  [
    'search finds nothing',
    'i pinned 3 things yesterday and the search doesnt show them. is it broken?',
    3,
    'en',
  ],
  [
    'Someone copies my profile',
    'There is an account with my name and my picture that writes to my friends and sends them links. Please do something quickly.',
    4,
    'en',
  ],
  [
    'Demande de retrait',
    'Bonjour, une de mes photos apparaît sur plusieurs tableaux sans mon autorisation. Comment la faire retirer ?',
    5,
    'fr',
  ],
  [
    'Invoice for October is missing',
    'We need the invoice for our October campaign, customer number 88213. Accounting closes on Friday.',
    6,
    'en',
  ],
  [
    'App crash',
    'Samsung tab s9, app closes at once after opening. Reinstalled 2x. Log attached.',
    7,
    'en',
  ],
  [
    'Too many mails about followers',
    'I get ten mails a day about new followers. How do I turn these off but keep the ones about comments?',
    8,
    'en',
  ],
  ['שאלה על לוחות', 'שלום, איך אפשר להחזיר לוח שמחקתי בטעות לפני שבוע?', 2, 'he'],
  [
    'Verifica in due passaggi',
    'Ho cambiato telefono e non ricevo più il codice. Come posso entrare nel mio account?',
    1,
    'it',
  ],
  ['Do you sell gift cards?', 'My aunt would love one. Is there such a thing?', 9, 'en'],
];
const people = [
  'Piet van der Berg',
  'Lena Hofer',
  'Maximiliane Freifrau von und zu Hohenstein',
  'Sam',
  'Ngozi A.',
  'Élodie Martin',
  'Accounts payable, Bright & Daughters GmbH',
  'Tom Reyes',
  'Ines',
  'נועה לוי',
  'Giulia R.',
  'K. Brandt',
];
const statuses: Status[] = [
  'new',
  'open',
  'open',
  'pending',
  'on_hold',
  'solved',
  'solved',
  'solved',
];

export const readings = new Map<number, Reading>();

function makeReading(number: number, category: number, language: string, score: number): Reading {
  const own = answers.filter((answer) => answer.category?.id === `cat_${category}`);
  const others = answers.filter((answer) => answer.category?.id !== `cat_${category}`);
  const top = [...own, r.pick(others), r.pick(others)].slice(0, 4);
  let left = 1 - score;
  return {
    state: number % 11 === 0 ? 'blind' : 'ready',
    language: { code: language, confidence: 0.9 + r.next() * 0.09 },
    model_version: 12,
    score,
    threshold: categories[category - 1]?.certificate?.threshold ?? null,
    novelty: r.next() * 0.4,
    ranked: top.map((answer, index) => {
      const probability = index === 0 ? score : left * 0.6;
      if (index > 0) left -= probability;
      const { id, title, sendable, body } = answer;
      return { answer: { id, title, sendable, body_preview: body.slice(0, 220) }, probability };
    }),
    why: [
      { word: 'password', weight: 1.92 },
      { word: 'sign in', weight: 1.41 },
      { word: 'reset link', weight: 1.07 },
      { word: 'expired', weight: 0.63 },
      { word: 'boards', weight: -0.38 },
    ],
    similar: [1, 2, 3].map((step) => ({
      number: Math.max(1, number - step * 17),
      subject: r.pick(questions)[0],
      answer: r.pick(answers),
      similarity: 0.9 - step * 0.11,
    })),
  };
}

export const tickets: Ticket[] = Array.from({ length: 260 }, (_, index) => {
  const number = 8260 - index;
  const at = index % questions.length;
  const [subject, body, category, language] = questions[at] as (typeof questions)[number];
  const status = index < 9 ? (statuses[index % 4] as Status) : r.pick(statuses);
  const score = Math.min(0.999, 0.35 + r.next() * 0.66);
  const reading = makeReading(number, category, language, score);
  readings.set(number, reading);
  const threshold = reading.threshold;
  const created = now - index * 1.7 * hour - r.below(40) * 60_000;
  const auto = threshold !== null && score >= threshold && status === 'solved';
  const answer = reading.ranked[0]?.answer ?? null;
  const agent = users[1 + (index % 2)] as (typeof users)[number];
  const solved = status === 'solved';
  const messages: Ticket['messages'] = [
    {
      id: `m${number}a`,
      kind: 'public',
      author: 'requester',
      author_name: people[at] ?? '',
      responder: null,
      body,
      html: null,
      answer: null,
      created_at: created,
      attachments:
        category === 7
          ? [
              {
                id: 'att_1',
                name: 'crash-log-2026-11-tab-s9-ultra-final(2).txt',
                media_type: 'text/plain',
                size: 48211,
              },
            ]
          : [],
      delivery: null,
      withdrawn: null,
    },
  ];
  if (solved || status === 'pending') {
    messages.push({
      id: `m${number}b`,
      kind: 'public',
      author: auto ? 'automatic' : 'agent',
      author_name: auto ? 'Pinwall' : agent.name,
      responder: auto ? 'learner' : 'agent',
      body:
        answers
          .find((one) => one.id === answer?.id)
          ?.body.replace(/\{\{[^}]*\}\}/g, people[at] ?? '') ?? '',
      html: null,
      answer: answer && { id: answer.id, title: answer.title },
      created_at: created + 0.4 * hour,
      attachments: [],
      delivery: {
        state: index % 13 === 5 ? 'dead' : 'sent',
        error: index % 13 === 5 ? '550 mailbox full' : null,
      },
      withdrawn: null,
    });
  }
  if (index % 4 === 1) {
    messages.push({
      id: `m${number}c`,
      kind: 'note',
      author: 'agent',
      author_name: agent.name,
      responder: null,
      body: 'Asked the identity team; the mail provider of this domain delays our mails by an hour at the moment.',
      html: null,
      answer: null,
      created_at: created + 0.6 * hour,
      attachments: [],
      delivery: null,
      withdrawn: null,
    });
  }
  const rated = solved && index % 3 === 0;
  return {
    number,
    subject,
    excerpt: body.slice(0, 120),
    status,
    channel: r.pick(['form', 'mail', 'api']),
    requester: {
      id: `req_${at}`,
      name: at === 3 ? null : (people[at] ?? null),
      email: `person${at}@mail.example`,
    },
    category: { id: `cat_${category}`, name: categories[category - 1]?.name ?? '' },
    language,
    assignee: index % 3 === 1 ? { id: agent.id, name: agent.name } : null,
    created_at: created,
    updated_at: created + (messages.length - 1) * 0.4 * hour,
    first_reply_at: solved ? created + 0.4 * hour : null,
    solved_at: solved ? created + 2 * hour : null,
    solved_by: solved ? (auto ? 'learner' : 'agent') : null,
    resolution: solved ? r.pick(['confirmed', 'silent', 'silent', 'failed']) : null,
    rating: rated
      ? {
          value: index % 9 === 0 ? 'bad' : 'good',
          comment: index % 9 === 0 ? 'The link in the answer did not work on my old phone.' : null,
          at: now - 2 * day,
        }
      : null,
    messages_count: messages.length,
    custom: category === 7 ? { device: 'Samsung Galaxy Tab S9 Ultra', app_version: '11.3.2' } : {},
    messages,
    experiments:
      category === 2
        ? [{ id: 'exp_1', name: 'A shorter answer about resetting passwords', side: 'a' }]
        : [],
    decision: {
      mode: auto ? 'auto' : (categories[category - 1]?.policy.mode ?? 'off'),
      action: auto ? 'auto' : threshold !== null ? 'suggest' : 'agent',
      arm: reading.state === 'blind' ? 'blind' : 'rollout',
      responder: auto ? 'learner' : 'agent',
      answer: reading.state === 'blind' ? null : answer && { id: answer.id, title: answer.title },
      probability: reading.state === 'blind' ? null : score,
      threshold,
      blind: reading.state === 'blind',
      model_version: 12,
      reason:
        threshold === null
          ? 'This category has no certificate yet, so an agent answers.'
          : score >= threshold
            ? `The first answer has probability ${score.toFixed(3)}, at or above the threshold of ${threshold}.`
            : `The first answer has probability ${score.toFixed(3)}, below the threshold of ${threshold}.`,
      created_at: created + 400,
    },
    link: '/t/example',
  };
});

export function rowOf(ticket: Ticket): TicketRow {
  const { messages: _m, custom: _c, link: _l, experiments: _e, decision, rating, ...rest } = ticket;
  return { ...rest, rating: rating?.value ?? null, decision };
}
