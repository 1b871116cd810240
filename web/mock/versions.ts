// The versions of the mock company's policies.
import { HttpResponse, http } from 'msw';
import type { Difference, PolicyVersion } from '../src/api/types';
import { categories, session } from './company.ts';
import { day } from './random.ts';

const url = (path: string) => `*/api/v1${path}`;
const now = Date.now();
const never = { words: ['lawyer', 'police'], requesters: [], attachments: true };

const mode = (from: string, to: string): Difference => ({
  field: 'mode',
  from,
  to,
  text: `Mode from ${from} to ${to}`,
});
const rollout = (from: number, to: number): Difference => ({
  field: 'rollout',
  from,
  to,
  text: `Rollout from ${from * 100}% to ${to * 100}%`,
});

function version(
  number: number,
  is: PolicyVersion['mode'],
  part: Partial<PolicyVersion>,
): PolicyVersion {
  return {
    version: number,
    current: false,
    mode: is,
    precision: 0.95,
    confidence: 0.95,
    rollout: 1,
    holdout: 0.1,
    blind: 0.05,
    languages: [],
    hours: null,
    never,
    order: 'rules_first',
    pooled: false,
    changed_at: now - (8 - number) * 3 * day,
    changed_by: 'Amara Lindqvist',
    reason: null,
    changes: [],
    back: [],
    ...part,
  };
}

const versions: PolicyVersion[] = [
  version(4, 'auto', {
    current: true,
    changes: [rollout(0.1, 1)],
    reason: 'Two weeks at 10%: 97% right, nothing harmful',
  }),
  version(3, 'auto', {
    rollout: 0.1,
    changes: [mode('shadow', 'auto'), rollout(1, 0.1)],
    back: [rollout(1, 0.1)],
    reason: 'Certificate passed; start small.',
  }),
  version(2, 'shadow', {
    changes: [
      mode('off', 'shadow'),
      {
        field: 'never',
        from: null,
        to: null,
        text: 'Never-list: “chargeback” added, “police” removed',
      },
    ],
    back: [mode('auto', 'shadow')],
  }),
  version(1, 'off', {
    changed_at: null,
    changed_by: 'Deskwise',
    changes: null,
    back: [mode('auto', 'off')],
  }),
];

export const versionHandlers = [
  http.get(url('/categories/:id/policy/versions'), () =>
    HttpResponse.json({ items: versions, next: null }),
  ),
  http.post(url('/categories/:id/policy/versions/:version/restore'), ({ params }) => {
    const category = categories.find((one) => one.id === params.id);
    const policy = category && { ...category.policy, changed_by: session.user.name };
    const recall = { withdrawn: 3, left: [], unrecalled: [8093] };
    return HttpResponse.json({ ...category, policy, recall });
  }),
];
