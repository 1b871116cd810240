// When to ask, when silence counts, the blind share, how much is reviewed, and who may switch.
import { NumberInput, Radio } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '@/api/types';
import { t } from '@/text/t';
import { DurationInput } from '@/ui/duration-input';
import { FieldRow } from '@/ui/field-row';
import { ShareInput } from '@/ui/share-input';
import { GroupForm } from './group-form';
import { useSaveSettings } from './use-settings';

export function JourneyForm({ settings }: { settings: Settings }) {
  const what = t('settings.journey');
  const saving = useSaveSettings(what);
  const [survey, setSurvey] = useState(settings.survey_after_ms);
  const [silent, setSilent] = useState(settings.silent_after_ms);
  const [blind, setBlind] = useState(settings.blind_share);
  const [reviews, setReviews] = useState(settings.reviews_a_day);
  const times = [
    ['surveyAfter', survey, setSurvey, 'survey_after_ms'],
    ['silentAfter', silent, setSilent, 'silent_after_ms'],
  ] as const;
  return (
    <GroupForm
      what={what}
      {...saving}
      submit={() =>
        saving.save({
          survey_after_ms: survey,
          silent_after_ms: silent,
          blind_share: blind,
          reviews_a_day: reviews,
        })
      }
    >
      <div>
        {times.map(([name, value, set, field]) => (
          <FieldRow key={name} label={t(`settings.${name}`)} help={t(`settings.${name}Help`)}>
            <DurationInput
              label={t(`settings.${name}`)}
              value={value}
              onChange={set}
              error={saving.problem?.field(field)}
            />
          </FieldRow>
        ))}
        <FieldRow label={t('settings.blindShare')} help={t('settings.blindShareHelp')}>
          <ShareInput
            label={t('settings.blindShare')}
            min={0.02}
            value={blind}
            onChange={setBlind}
            error={saving.problem?.field('blind_share')}
          />
        </FieldRow>
        <FieldRow label={t('settings.reviewsADay')} help={t('settings.reviewsADayHelp')}>
          <NumberInput
            aria-label={t('settings.reviewsADay')}
            min={1}
            max={1000}
            w={110}
            allowDecimal={false}
            value={reviews}
            onChange={(value) => setReviews(Number(value))}
            error={saving.problem?.field('reviews_a_day')}
          />
        </FieldRow>
      </div>
    </GroupForm>
  );
}

export function SwitchForm({ settings }: { settings: Settings }) {
  const what = t('settings.whoMaySwitch');
  const saving = useSaveSettings(what);
  const [who, setWho] = useState(settings.who_may_switch);
  return (
    <GroupForm what={what} {...saving} submit={() => saving.save({ who_may_switch: who })}>
      <Radio.Group
        aria-label={what}
        value={who}
        onChange={(chosen) => setWho(chosen as Settings['who_may_switch'])}
      >
        <Radio mt={4} value="admin" label={t('settings.who.admin')} />
        <Radio mt={10} value="agent" label={t('settings.who.agent')} />
      </Radio.Group>
    </GroupForm>
  );
}
