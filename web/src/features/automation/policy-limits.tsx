// A policy's limits: shares kept aside, languages, hours, the never-list.
import { Select, Switch, TagsInput } from '@mantine/core';
import type { Problem } from '@/api/problem';
import type { Order } from '@/api/types';
import { t } from '@/text/t';
import { FieldRow } from '@/ui/field-row';
import { HoursInput } from '@/ui/hours-input';
import { Section } from '@/ui/page';
import { ShareInput } from '@/ui/share-input';
import type { Draft } from './change';

type Props = {
  draft: Draft;
  set: (part: Partial<Draft>) => void;
  disabled: boolean;
  problem: Problem | null;
};

const shares = ['confidence', 'holdout', 'blind'] as const;
const orders: Order[] = ['rules_first', 'learner_first'];
const range = {
  confidence: [0.5, 0.999],
  holdout: [0, 0.5],
  blind: [0.02, 1],
} as const;

export function PolicyLimits({ draft, set, disabled, problem }: Props) {
  const setNever = (part: Partial<Draft['never']>) => set({ never: { ...draft.never, ...part } });
  return (
    <>
      <Section title={t('policy.limits')}>
        {shares.map((name) => (
          <FieldRow key={name} label={t(`policy.${name}`)} help={t(`policy.${name}Help`)}>
            <ShareInput
              label={t(`policy.${name}`)}
              disabled={disabled}
              value={draft[name]}
              onChange={(share) => set({ [name]: share })}
              min={range[name][0]}
              max={range[name][1]}
              error={problem?.field(name)}
            />
          </FieldRow>
        ))}
        <FieldRow label={t('policy.order')} help={t('policy.orderHelp')}>
          <Select
            aria-label={t('policy.order')}
            disabled={disabled}
            allowDeselect={false}
            data={orders.map((value) => ({ value, label: t(`experiment.${value}`) }))}
            value={draft.order}
            onChange={(order) => set({ order: order as Order })}
          />
        </FieldRow>
        <FieldRow label={t('policy.languages')} help={t('policy.languagesHelp')}>
          <TagsInput
            aria-label={t('policy.languages')}
            disabled={disabled}
            value={draft.languages}
            onChange={(languages) => set({ languages })}
            error={problem?.field('languages')}
          />
        </FieldRow>
        <FieldRow label={t('policy.hours')} help={t('policy.hoursHelp')}>
          <HoursInput
            disabled={disabled}
            value={draft.hours}
            onChange={(hours) => set({ hours })}
            error={problem?.field('hours')}
          />
        </FieldRow>
      </Section>
      <Section title={t('policy.never')} lead={t('policy.neverHelp')}>
        <FieldRow label={t('policy.words')}>
          <TagsInput
            aria-label={t('policy.words')}
            disabled={disabled}
            value={draft.never.words}
            onChange={(words) => setNever({ words })}
          />
        </FieldRow>
        <FieldRow label={t('policy.requesters')}>
          <TagsInput
            aria-label={t('policy.requesters')}
            disabled={disabled}
            value={draft.never.requesters}
            onChange={(requesters) => setNever({ requesters })}
          />
        </FieldRow>
        <FieldRow label={t('policy.attachments')}>
          <Switch
            aria-label={t('policy.attachments')}
            disabled={disabled}
            checked={draft.never.attachments}
            onChange={(event) => setNever({ attachments: event.currentTarget.checked })}
          />
        </FieldRow>
      </Section>
    </>
  );
}
