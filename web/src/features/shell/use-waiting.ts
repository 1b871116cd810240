// What waits behind each link of the menu. Live events keep it true.
import { useQuery } from '@tanstack/react-query';
import { countsQuery, reviewProgressQuery } from '@/api/queries';
import { mayWrite, useSession } from '@/features/session/use-session';
import type { PageLink } from './nav';

export type Waiting = {
  n?: number;
  /** Something is wrong there. */
  alert?: boolean;
};

export function useWaiting() {
  const session = useSession();
  const { data: counts } = useQuery(countsQuery);
  // What waits for oneself: what only others may still look at is no work of one's own.
  // Who only looks on does not review, and may not ask.
  const { data: reviews } = useQuery({ ...reviewProgressQuery, enabled: mayWrite(session) });
  const pages: Partial<Record<PageLink['to'], Waiting>> = {
    '/reviews': { n: reviews?.own_waiting },
    '/mailbox': { n: counts?.dead, alert: true },
  };
  return { views: counts?.views, pages };
}
