// What the team aims for, and what its work costs: what reports compare with and calculate from.
import { NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '@/api/types';
import { t } from '@/text/t';
import { FieldRow } from '@/ui/field-row';
import { ShareInput } from '@/ui/share-input';
import { GroupForm } from './group-form';
import { useSaveSettings } from './use-settings';

const fields = [
  'goal_automation',
  'goal_csat',
  'goal_first_reply_ms',
  'minutes_per_ticket',
  'minutes_per_mistake',
  'money_per_hour',
  'currency',
] as const;
const minute = 60_000;

export function GoalsForm({ settings }: { settings: Settings }) {
  const what = t('settings.goals');
  const saving = useSaveSettings(what);
  const [form, setForm] = useState(() => {
    const pick = Object.fromEntries(fields.map((name) => [name, settings[name]]));
    return pick as Pick<Settings, (typeof fields)[number]>;
  });
  const set = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }));
  const error = (name: (typeof fields)[number]) => saving.problem?.field(name);
  const number = (
    name: 'goal_first_reply_ms' | 'minutes_per_ticket' | 'minutes_per_mistake' | 'money_per_hour',
    unit = 1,
    optional = false,
  ) => (
    <FieldRow label={t(`settings.${name}`)} help={t(`settings.${name}.help`)}>
      <NumberInput
        aria-label={t(`settings.${name}`)}
        min={0}
        w={110}
        value={form[name] === null ? '' : form[name] / unit}
        onChange={(value) => {
          if (typeof value === 'number') set({ [name]: value * unit });
          else if (optional) set({ [name]: null });
        }}
        error={error(name)}
      />
    </FieldRow>
  );
  return (
    <GroupForm what={what} {...saving} submit={() => saving.save(form)}>
      <div>
        {(['goal_automation', 'goal_csat'] as const).map((name) => (
          <FieldRow key={name} label={t(`settings.${name}`)} help={t(`settings.${name}.help`)}>
            <ShareInput
              label={t(`settings.${name}`)}
              value={form[name]}
              onChange={(share) => set({ [name]: share })}
              error={error(name)}
            />
          </FieldRow>
        ))}
        {number('goal_first_reply_ms', minute, true)}
        {number('minutes_per_ticket')}
        {number('minutes_per_mistake')}
        {number('money_per_hour', 1, true)}
        <FieldRow label={t('settings.currency')} help={t('settings.currency.help')}>
          <TextInput
            aria-label={t('settings.currency')}
            w={110}
            maxLength={3}
            value={form.currency}
            onChange={(event) => set({ currency: event.currentTarget.value })}
            error={error('currency')}
          />
        </FieldRow>
      </div>
    </GroupForm>
  );
}
