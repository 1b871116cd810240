import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '@/api/types';
import { t } from '@/text/t';
import { GroupForm } from './group-form';
import { useSaveSettings } from './use-settings';

export function NetworkForm({ settings }: { settings: Settings }) {
  const what = t('settings.network');
  const saving = useSaveSettings(what);
  const [proxies, setProxies] = useState(settings.trusted_proxies);
  return (
    <GroupForm what={what} {...saving} submit={() => saving.save({ trusted_proxies: proxies })}>
      <TagsInput
        label={t('settings.proxies')}
        description={t('settings.proxiesHelp')}
        value={proxies}
        onChange={setProxies}
        error={saving.problem?.field('trusted_proxies')}
      />
    </GroupForm>
  );
}
