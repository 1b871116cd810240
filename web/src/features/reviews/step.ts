// The steps of one review: choose, a moment to take it back, then what was sent. Once that
// is shown the choice is final, so nothing leads back from there.
import type { AnswerRef, Reviewed, ReviewTask } from '@/api/types';

/** What was chosen; null: no answer fits. */
export type Choice = AnswerRef | null;

/** How long a choice may be taken back, before anything is shown. */
export const heldFor = 5_000;

export type Step =
  | { at: 'choosing'; task: ReviewTask }
  | { at: 'held'; task: ReviewTask; choice: Choice }
  | { at: 'asking'; task: ReviewTask; choice: Choice }
  | { at: 'shown'; task: ReviewTask; choice: Choice; reviewed: Reviewed };

export type Act =
  | { do: 'choose'; choice: Choice }
  | { do: 'take back' }
  | { do: 'ask' }
  | { do: 'refused' }
  | { do: 'show'; reviewed: Reviewed };

export function advance(step: Step, act: Act): Step {
  const { task } = step;
  switch (act.do) {
    case 'choose':
      return step.at === 'choosing' ? { at: 'held', task, choice: act.choice } : step;
    case 'take back':
      return step.at === 'held' ? { at: 'choosing', task } : step;
    case 'ask':
      return step.at === 'held' ? { at: 'asking', task, choice: step.choice } : step;
    case 'refused':
      return step.at === 'asking' ? { at: 'choosing', task } : step;
    case 'show':
      return step.at === 'asking' || step.at === 'shown'
        ? { at: 'shown', task, choice: step.choice, reviewed: act.reviewed }
        : step;
  }
}

/** Where a choice is stored: a disputed ticket is decided, any other reviewed. */
export const routeOf = (task: ReviewTask) =>
  task.disputed ? `/reviews/${task.number}/decision` : `/reviews/${task.number}`;
