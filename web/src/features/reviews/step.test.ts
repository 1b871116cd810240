import { describe, expect, it } from 'vitest';
import type { Reviewed, ReviewTask } from '@/api/types';
import { advance, routeOf, type Step } from './step';

const task = { number: 12, disputed: false } as ReviewTask;
const choice = { id: '1', title: 'Invoices' };
const reviewed = { number: 12, verdict: 'wrong' } as Reviewed;
const begin: Step = { at: 'choosing', task };

describe('a review', () => {
  it('can be taken back until what was sent is asked for', () => {
    const held = advance(begin, { do: 'choose', choice });
    expect(held).toEqual({ at: 'held', task, choice });
    expect(advance(held, { do: 'take back' })).toEqual(begin);
    const asking = advance(held, { do: 'ask' });
    expect(advance(asking, { do: 'take back' })).toBe(asking);
  });

  it('shows nothing before the choice was stored, and is final then', () => {
    expect(advance(begin, { do: 'show', reviewed })).toBe(begin);
    const asking = advance(advance(begin, { do: 'choose', choice: null }), { do: 'ask' });
    const shown = advance(asking, { do: 'show', reviewed });
    expect(shown).toEqual({ at: 'shown', task, choice: null, reviewed });
    expect(advance(shown, { do: 'choose', choice })).toBe(shown);
    expect(advance(shown, { do: 'take back' })).toBe(shown);
  });

  it('begins again when the server refuses it', () => {
    const asking = advance(advance(begin, { do: 'choose', choice }), { do: 'ask' });
    expect(advance(asking, { do: 'refused' })).toEqual(begin);
  });

  it('decides a disputed ticket at another address', () => {
    expect(routeOf(task)).toBe('/reviews/12');
    expect(routeOf({ ...task, disputed: true })).toBe('/reviews/12/decision');
  });
});
