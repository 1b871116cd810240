// When a model is trained without being asked for.
import { Radio, Select } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '@/api/types';
import { t } from '@/text/t';
import { weekdayName } from '@/text/time';
import { FieldRow } from '@/ui/field-row';
import { GroupForm } from './group-form';
import { useSaveSettings } from './use-settings';

type When = Settings['train_when'];
const whens: When[] = ['enough', 'daily', 'weekly', 'off'];
const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  value: String(day),
  label: weekdayName(day, 'long'),
}));
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

export function TrainingForm({ settings }: { settings: Settings }) {
  const what = t('settings.training');
  const saving = useSaveSettings(what);
  const [when, setWhen] = useState(settings.train_when);
  const [day, setDay] = useState(String(settings.train_weekday));
  const [hour, setHour] = useState(String(settings.train_hour));
  const submit = () =>
    saving.save({ train_when: when, train_weekday: Number(day), train_hour: Number(hour) });
  return (
    <GroupForm what={what} {...saving} submit={submit}>
      <Radio.Group aria-label={what} value={when} onChange={(chosen) => setWhen(chosen as When)}>
        {whens.map((one) => (
          <Radio
            key={one}
            mt={10}
            value={one}
            label={t(`settings.train.${one}`)}
            description={t(`settings.train.${one}.help`)}
          />
        ))}
      </Radio.Group>
      {when === 'weekly' && (
        <FieldRow label={t('settings.trainDay')}>
          <Select
            aria-label={t('settings.trainDay')}
            w={150}
            allowDeselect={false}
            data={days}
            value={day}
            onChange={(chosen) => chosen && setDay(chosen)}
          />
        </FieldRow>
      )}
      {(when === 'weekly' || when === 'daily') && (
        <FieldRow
          label={t('settings.trainHour')}
          help={t('settings.trainHourHelp', { zone: settings.time_zone })}
        >
          <Select
            aria-label={t('settings.trainHour')}
            w={150}
            allowDeselect={false}
            data={hours}
            value={hour}
            onChange={(chosen) => chosen && setHour(chosen)}
          />
        </FieldRow>
      )}
    </GroupForm>
  );
}
