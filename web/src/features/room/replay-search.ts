// What a replay shows, as it stands in the address.
import type { ReplayOutcome } from '@/api/types';

export const replaySpans = [2, 4, 8, 13, 26, 52] as const;
export const shows = ['all', 'wrong', 'right', 'unanswered'] as const;

export type ReplaySearch = {
  /** None: as far back as there is anything. */
  weeks?: (typeof replaySpans)[number];
  show?: ReplayOutcome;
};

export function readReplay(raw: Record<string, unknown>): ReplaySearch {
  const weeks = replaySpans.find((one) => one === Number(raw.weeks));
  const show = shows.find((one) => one === raw.show);
  return {
    ...(weeks === undefined ? {} : { weeks }),
    ...(show === undefined || show === 'all' ? {} : { show }),
  };
}
