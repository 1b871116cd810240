// The mock API's drift: all tickets have moved with a release that broke sign-in, one category is quiet.
import { HttpResponse, http } from 'msw';
import type { Drift } from '../src/api/types';
import { day } from './random.ts';

const now = Date.now();
const today = now - (now % day);

const days = (moved: boolean): Drift['days'] =>
  Array.from({ length: 28 }, (_, i) => {
    const late = moved && i > 20 ? 1 : 0;
    const wave = (i % 5) / 100;
    return {
      at: today - (27 - i) * day,
      tickets: 180 + (i % 7) * 12,
      mix: 0.02 + wave / 2 + late * 0.22,
      words: 0.03 + wave / 3 + late * 0.09,
      novelty: 0.11 + wave + late * 0.14,
    };
  });

const figures = (moved: boolean): Drift['figures'] => [
  {
    measure: 'mix',
    before: 0.05,
    after: moved ? 0.27 : 0.06,
    p: moved ? 1e-12 : 0.41,
    drifts: moved,
  },
  {
    measure: 'words',
    before: 0.03,
    after: moved ? 0.12 : 0.03,
    p: moved ? 1e-9 : 0.7,
    drifts: moved,
  },
  {
    measure: 'novelty',
    before: 0.12,
    after: moved ? 0.26 : 0.11,
    p: moved ? 3e-8 : 0.55,
    drifts: moved,
  },
  { measure: 'calibration', before: -0.004, after: 0.02, p: 0.0731, drifts: false },
];

const looked = { looked_at: now - 3 * 3_600_000, older: 1_204 };
const items: Drift[] = [
  {
    ...looked,
    category: null,
    newer: 1_371,
    figures: figures(true),
    days: days(true),
    drifted: {
      why: '27% of the tickets ask something else than before; 12% of the words are new to the model, 3% before',
      since: today - 6 * day,
      found_at: now - 4 * day,
    },
    risen: [
      { answer: { id: '2', title: 'Reset your password' }, before: 0.08, after: 0.24 },
      { answer: { id: '3', title: 'Update the app' }, before: 0.02, after: 0.09 },
    ],
    tickets: [
      { number: 8260, subject: 'Can’t sign in since the update' },
      { number: 8254, subject: 'Passkey prompt loops forever' },
    ],
  },
  {
    ...looked,
    category: { id: '12', name: 'Billing' },
    older: 240,
    newer: 212,
    figures: figures(false),
    days: days(false),
    drifted: null,
    risen: [],
    tickets: [{ number: 8214, subject: 'Where is my invoice?' }],
  },
];

export const driftHandlers = [
  http.get('*/api/v1/drift', () => HttpResponse.json({ items, next: null })),
  http.post('*/api/v1/drift/look', () => new HttpResponse(null, { status: 202 })),
];
