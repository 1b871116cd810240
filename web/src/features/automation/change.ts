// A policy being edited: what differs from the stored one, and what its button says.
import type { Mode, Policy, PolicyChange } from '@/api/types';
import { setting } from '@/text/number';
import { t } from '@/text/t';

export type Draft = Required<Omit<PolicyChange, 'reason' | 'hours'>> & {
  reason: string;
  hours: Policy['hours'];
};

export const draftFrom = (policy: Policy): Draft => ({
  mode: policy.mode,
  precision: policy.precision,
  confidence: policy.confidence,
  rollout: policy.rollout,
  holdout: policy.holdout,
  blind: policy.blind,
  languages: policy.languages,
  hours: policy.hours,
  never: policy.never,
  order: policy.order,
  reason: '',
});

export const startingPolicy: Policy = {
  mode: 'shadow',
  precision: 0.95,
  confidence: 0.95,
  rollout: 0.1,
  holdout: 0.1,
  blind: 0.05,
  languages: [],
  hours: null,
  never: { words: [], requesters: [], attachments: false },
  order: 'rules_first',
  pooled: true,
  paused: false,
  changed_at: null,
  changed_by: null,
  reason: null,
  effective: 'off',
  effective_why: '',
};

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Only the fields that differ, and the reason where one was given. */
export function changeOf(policy: Policy, draft: Draft): PolicyChange {
  const before = draftFrom(policy);
  const change: Record<string, unknown> = {};
  for (const name of Object.keys(before) as (keyof Draft)[]) {
    if (!same(before[name], draft[name])) change[name] = draft[name];
  }
  return change as PolicyChange;
}

/** Whether the change does anything: a reason alone does not. */
export const changes = (change: PolicyChange) =>
  Object.keys(change).some((name) => name !== 'reason');

/** Switching on starts with a tenth, unless a share is set already. */
export function withMode(draft: Draft, mode: Mode): Draft {
  return { ...draft, mode, rollout: mode === 'auto' && draft.rollout === 0 ? 0.1 : draft.rollout };
}

/** What is set for all categories at once; their languages, hours and never-lists stay. */
export const switchOf = ({ mode, precision, rollout, reason }: Draft): PolicyChange => ({
  mode,
  precision,
  ...(mode === 'auto' ? { rollout } : {}),
  ...(reason ? { reason } : {}),
});

export function switchText({ mode, rollout }: Draft, name: string): string {
  switch (mode) {
    case 'auto':
      return t('policy.do.on', { share: setting(rollout), name });
    case 'off':
      return t('policy.do.off', { name });
    case 'shadow':
      return t('policy.do.shadow', { name });
    case 'suggest':
      return t('policy.do.suggest', { name });
  }
}

export function buttonText(policy: Policy, draft: Draft, name: string): string {
  if (draft.mode !== policy.mode) return switchText(draft, name);
  if (draft.mode === 'auto' && draft.rollout !== policy.rollout) {
    const share = setting(draft.rollout);
    return t('policy.do.rollout', { before: setting(policy.rollout), share, name });
  }
  return t('policy.do.save', { name });
}
