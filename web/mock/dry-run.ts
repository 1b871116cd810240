// A rule tried on the mock company's past tickets.
import type { DryRun } from '../src/api/types.ts';
import { answers, categories } from './company.ts';

const day = 86_400_000;

const titles: [string, DryRun['tickets'][number]['outcome'], string | null][] = [
  [
    'My invoice shows a card that I removed last year, and I cannot find where to change it',
    'wrong',
    null,
  ],
  ['Invoice for March is missing', 'wrong', null],
  ['Where do I find my invoices?', 'right', null],
  ['Need a receipt for my tax return', 'right', null],
  ['Invoice please', 'unknown', null],
  ['Invoice in another currency', 'earlier', 'Receipts for companies'],
  [
    'My lawyer wants every invoice since 2021',
    'never',
    'it names “lawyer”, which is kept for people',
  ],
];

export function dryRun(): DryRun {
  const now = Date.now();
  const [first, second] = categories;
  return {
    from: now - 28 * day,
    to: now,
    tried: 26_840,
    cut: false,
    answered: 812,
    switched_on: 640,
    right: { count: 391, of: 413, rate: 391 / 413, low: 0.921, high: 0.965 },
    earlier: 37,
    never: 9,
    categories: [
      { id: first?.id ?? '1', name: first?.name ?? '', tickets: 640 },
      { id: second?.id ?? '2', name: second?.name ?? '', tickets: 172 },
    ],
    tickets: titles.map(([title, outcome, why], index) => ({
      number: 48_100 - index * 37,
      title,
      at: now - index * 1.7 * day,
      outcome,
      why,
      truth:
        outcome === 'wrong' && answers[index + 1]
          ? { id: answers[index + 1]?.id ?? '', title: answers[index + 1]?.title ?? '' }
          : null,
    })),
  };
}
