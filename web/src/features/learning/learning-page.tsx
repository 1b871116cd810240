// What teaches the learner: how much of which kind, tickets to look over and mend, and what was mended.
import { t } from '@/text/t';
import { Page, Section } from '@/ui/page';
import { LabelCountsPart } from './label-counts';
import { LookOver } from './look-over';
import { Mends } from './mends';

export function LearningPage() {
  return (
    <Page wide title={t('learning.title')} lead={t('learning.lead')}>
      <LabelCountsPart />
      <Section title={t('learning.look')}>
        <LookOver />
      </Section>
      <Section title={t('learning.acts')}>
        <Mends />
      </Section>
    </Page>
  );
}
