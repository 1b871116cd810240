// The same forms as in the first hour, one under another.
import { useQuery } from '@tanstack/react-query';
import { settingsQuery } from '@/api/queries';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { CompanyForm } from './company-form';
import { GoalsForm } from './goals-form';
import { JourneyForm, SwitchForm } from './journey-form';
import { MailForm } from './mail-form';
import { NetworkForm } from './network-form';
import { TrainingForm } from './training-form';

export function SettingsPage() {
  const { data, isPending, isError, error, refetch } = useQuery(settingsQuery);
  return (
    <Page title={t('settings.title')}>
      {isPending && <Bones rows={4} height={150} gap={24} />}
      {isError && !data && <ProblemNote error={error} retry={() => refetch()} />}
      {data && (
        <>
          <Section title={t('settings.company')}>
            <CompanyForm settings={data} />
          </Section>
          <Section title={t('settings.mail')}>
            <MailForm settings={data} />
          </Section>
          <Section title={t('settings.journey')}>
            <JourneyForm settings={data} />
          </Section>
          <Section title={t('settings.training')}>
            <TrainingForm settings={data} />
          </Section>
          <Section title={t('settings.goals')}>
            <GoalsForm settings={data} />
          </Section>
          <Section title={t('settings.whoMaySwitch')}>
            <SwitchForm settings={data} />
          </Section>
          <Section title={t('settings.network')}>
            <NetworkForm settings={data} />
          </Section>
        </>
      )}
    </Page>
  );
}
