// A length of time as a number and its unit, so that ten seconds do not read as 0.003 hours.
import { Group, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { t } from '@/text/t';

const units = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Unit = keyof typeof units;
const names = Object.keys(units) as Unit[];

/** The largest unit in which it is a whole number. */
export const unitOf = (ms: number): Unit =>
  names.findLast((unit) => ms > 0 && ms % units[unit] === 0) ?? 'seconds';

type Props = { label: string; value: number; onChange: (ms: number) => void; error?: string };

export function DurationInput({ label, value, onChange, error }: Props) {
  const [unit, setUnit] = useState(() => unitOf(value));
  return (
    <Group gap={8} wrap="nowrap" align="start">
      <NumberInput
        aria-label={label}
        min={0}
        decimalScale={2}
        w={80}
        value={value / units[unit]}
        onChange={(typed) => typeof typed === 'number' && onChange(Math.round(typed * units[unit]))}
        error={error}
      />
      <Select
        aria-label={t('unit.of', { name: label })}
        allowDeselect={false}
        w={116}
        data={names.map((name) => ({ value: name, label: t(`unit.${name}`) }))}
        value={unit}
        onChange={(chosen) => {
          const next = names.find((name) => name === chosen);
          if (!next) return;
          onChange((value / units[unit]) * units[next]);
          setUnit(next);
        }}
      />
    </Group>
  );
}
