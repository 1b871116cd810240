// Whether one gets the report by mail, how often, and when next.
import { Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { reportMailQuery } from '@/api/queries';
import type { ReportMail } from '@/api/types';
import { t } from '@/text/t';
import { fullTime } from '@/text/time';
import { Section } from '@/ui/page';
import { reportError } from '@/ui/report';

const never = 'never';
const choices = [never, 'day', 'week', 'month'] as const;

export function ReportByMail() {
  const client = useQueryClient();
  const { data } = useQuery(reportMailQuery);
  const change = useMutation({
    mutationFn: (every: string) =>
      every === never
        ? api.delete('/metrics/mail')
        : api.put<ReportMail>('/metrics/mail', { every }),
    onSettled: () => client.invalidateQueries({ queryKey: reportMailQuery.queryKey }),
    onError: reportError,
  });
  if (!data) return null;
  const chosen = change.isPending ? change.variables : (data.every ?? never);
  return (
    <Section title={t('reportMail.title')} lead={help(data)}>
      <Select
        aria-label={t('reportMail.title')}
        size="xs"
        w={200}
        allowDeselect={false}
        data={choices.map((value) => ({ value, label: t(`reportMail.${value}`) }))}
        value={chosen}
        onChange={(every) => every && change.mutate(every)}
      />
    </Section>
  );
}

function help({ every, next_at, may_send }: ReportMail): string {
  if (!every || next_at === null) return t('reportMail.help');
  return may_send ? t('reportMail.next', { at: fullTime(next_at) }) : t('reportMail.held');
}
