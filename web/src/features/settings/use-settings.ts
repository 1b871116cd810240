// Reading and saving settings, a group of fields at a time.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { settingsQuery } from '@/api/queries';
import type { Settings, SettingsChange } from '@/api/types';
import { t } from '@/text/t';
import { toast } from '@/ui/toasts';

export function useSaveSettings(what: string) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (change: SettingsChange) => api.patch<Settings>('/settings', change),
    onSuccess: (settings) => {
      client.setQueryData(settingsQuery.queryKey, settings);
      client.invalidateQueries({ queryKey: ['session'] });
      toast({ text: t('settings.saved', { what }) });
    },
  });
  return {
    save: mutation.mutate,
    saving: mutation.isPending,
    problem: isProblem(mutation.error) ? mutation.error : null,
  };
}
