// The list's filter, as it stands in the address. Numbers on other pages link here, so that
// each can be opened down to the tickets behind it.
import type { Query } from '@/api/client';
import type { View } from '@/api/types';

const texts = [
  'q',
  'category',
  'status',
  'answer',
  'action',
  'resolution',
  'requester',
  'experiment',
  'side',
  'counted',
  'responder',
  'language',
  'channel',
  'agent',
  'team',
  'rated',
] as const;
const sorts = ['newest', 'oldest', 'updated'] as const;

export type Sort = (typeof sorts)[number];
export type Filter = Partial<Record<(typeof texts)[number], string>> & {
  sort?: Sort;
  from?: number;
  to?: number;
};

export function readFilter(search: Record<string, unknown>): Filter {
  const filter: Filter = {};
  for (const name of texts) {
    const value = search[name];
    if (typeof value === 'string' && value !== '') filter[name] = value;
    // The router reads "1042" as a number; a search for it is still a text.
    else if (typeof value === 'number') filter[name] = String(value);
  }
  const sort = sorts.find((known) => known === search.sort);
  if (sort) filter.sort = sort;
  for (const name of ['from', 'to'] as const) {
    const value = Number(search[name]);
    if (search[name] !== undefined && Number.isFinite(value)) filter[name] = value;
  }
  return filter;
}

/** What in the filter is neither search nor order: narrowed by a link from another page. */
export const narrowed = ({ q: _q, sort: _sort, ...rest }: Filter): Filter => rest;

export const toQuery = (view: View, filter: Filter): Query => ({ view, ...filter });
