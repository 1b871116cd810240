import { describe, expect, it } from 'vitest';
import type { Policy } from '@/api/types';
import {
  buttonText,
  changeOf,
  changes,
  draftFrom,
  startingPolicy,
  switchOf,
  withMode,
} from './change';

const shadow: Policy = { ...startingPolicy, mode: 'shadow', rollout: 0 };

describe('a policy being edited', () => {
  it('sends only what differs', () => {
    const draft = { ...draftFrom(shadow), precision: 0.97 };
    expect(changeOf(shadow, draft)).toEqual({ precision: 0.97 });
  });

  it('does nothing for a reason alone', () => {
    const draft = { ...draftFrom(shadow), reason: 'just so' };
    expect(changes(changeOf(shadow, draft))).toBe(false);
  });

  it('starts automation with a tenth', () => {
    const draft = withMode(draftFrom(shadow), 'auto');
    expect(draft.rollout).toBe(0.1);
    expect(buttonText(shadow, draft, 'Billing')).toBe('Turn on for 10% of Billing');
  });

  it('for all categories leaves their limits alone', () => {
    const draft = { ...withMode(draftFrom(shadow), 'auto'), reason: 'Ready' };
    expect(switchOf(draft)).toEqual({
      mode: 'auto',
      precision: 0.95,
      rollout: 0.1,
      reason: 'Ready',
    });
  });

  it('says what a button does in every case', () => {
    const auto: Policy = { ...shadow, mode: 'auto', rollout: 0.1 };
    const draft = draftFrom(auto);
    expect(buttonText(auto, { ...draft, rollout: 0.25 }, 'Billing')).toBe(
      'Change from 10% to 25% of Billing',
    );
    expect(buttonText(auto, { ...draft, mode: 'off' }, 'Billing')).toBe('Turn off Billing');
    expect(buttonText(auto, { ...draft, mode: 'shadow' }, 'Billing')).toBe('Run Billing in shadow');
    expect(buttonText(auto, { ...draft, blind: 0.1 }, 'Billing')).toBe('Save Billing');
  });
});
