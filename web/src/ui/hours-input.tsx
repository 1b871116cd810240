// Hours of the week in a time zone; days count from Monday.
import { Checkbox, Chip, Group, TextInput } from '@mantine/core';
import type { Hours } from '@/api/types';
import { t } from '@/text/t';
import { weekdayName } from '@/text/time';

const dayName = (index: number) => weekdayName(index + 1, 'short');

const office = (): Hours => ({
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  days: [0, 1, 2, 3, 4],
  from: '09:00',
  to: '17:00',
});

type Props = {
  value: Hours | null;
  onChange: (hours: Hours | null) => void;
  disabled?: boolean;
  error?: string;
};

export function HoursInput({ value, onChange, disabled, error }: Props) {
  const set = (part: Partial<Hours>) => value && onChange({ ...value, ...part });
  return (
    <div>
      <Checkbox
        label={t('policy.hoursOn')}
        checked={value !== null}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked ? office() : null)}
        error={error}
      />
      {value && (
        <>
          <Chip.Group
            multiple
            value={value.days.map(String)}
            onChange={(days) => set({ days: days.map(Number).sort() })}
          >
            <Group gap={4} mt={10} role="group" aria-label={t('policy.days')}>
              {Array.from({ length: 7 }, (_, index) => (
                <Chip key={dayName(index)} size="xs" value={String(index)} disabled={disabled}>
                  {dayName(index)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <Group gap={8} mt={10} grow>
            {(['from', 'to'] as const).map((name) => (
              <TextInput
                key={name}
                type="time"
                label={t(`policy.${name}`)}
                disabled={disabled}
                value={value[name]}
                onChange={(event) => set({ [name]: event.currentTarget.value })}
              />
            ))}
          </Group>
          <TextInput
            mt={8}
            label={t('policy.zone')}
            disabled={disabled}
            value={value.zone}
            onChange={(event) => set({ zone: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  );
}
