import { ColorInput, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '@/api/types';
import { t } from '@/text/t';
import { GroupForm } from './group-form';
import classes from './settings.module.css';
import { useSaveSettings } from './use-settings';

export function CompanyForm({ settings }: { settings: Settings }) {
  const what = t('settings.company');
  const saving = useSaveSettings(what);
  const [name, setName] = useState(settings.company_name);
  const [colour, setColour] = useState(settings.colour);
  const [url, setUrl] = useState(settings.public_url ?? '');
  const [zone, setZone] = useState(settings.time_zone);
  const [onForm, setOnForm] = useState(settings.categories_on_form);
  const { problem } = saving;
  return (
    <GroupForm
      what={what}
      {...saving}
      submit={() =>
        saving.save({
          company_name: name,
          colour,
          public_url: url.trim() || null,
          time_zone: zone,
          categories_on_form: onForm,
        })
      }
    >
      <div className={classes.pair}>
        <TextInput
          label={t('settings.companyName')}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problem?.field('company_name')}
        />
        <ColorInput
          label={t('settings.colour')}
          title={t('settings.colourHelp')}
          format="hex"
          withEyeDropper={false}
          value={colour}
          onChange={setColour}
          error={problem?.field('colour')}
        />
      </div>
      <TextInput
        label={t('settings.publicUrl')}
        description={t('settings.publicUrlHelp')}
        type="url"
        value={url}
        onChange={(event) => setUrl(event.currentTarget.value)}
        error={problem?.field('public_url')}
      />
      <TextInput
        label={t('settings.timeZone')}
        value={zone}
        onChange={(event) => setZone(event.currentTarget.value)}
        error={problem?.field('time_zone')}
      />
      <Switch
        label={t('settings.form')}
        checked={onForm}
        onChange={(event) => setOnForm(event.currentTarget.checked)}
      />
    </GroupForm>
  );
}
