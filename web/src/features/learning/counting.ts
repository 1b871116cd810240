// Labels added up by who said them and how.
import type { LabelCounts } from '@/api/types';

type Count = LabelCounts['items'][number];

/** In the order in which the page lists them: agents first, by how far they followed the answer. */
export const kinds = [
  'as_is',
  'slight',
  'much',
  'other',
  'free',
  'unmeasured',
  'review',
  'customer',
  'import',
] as const;
export type Kind = (typeof kinds)[number];

const kindOf = ({ source, choice }: Count): Kind =>
  source === 'agent' ? (choice ?? 'unmeasured') : source;

export const total = (items: readonly Count[]) =>
  items.reduce((sum, { tickets }) => sum + tickets, 0);

/** Kinds of which there are any. */
export function byKind(items: readonly Count[]): [Kind, number][] {
  return kinds
    .map((kind): [Kind, number] => [kind, total(items.filter((one) => kindOf(one) === kind))])
    .filter(([, tickets]) => tickets > 0);
}
