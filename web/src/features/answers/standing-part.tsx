// How far an answer has come with the learner, in words.
import { useQuery } from '@tanstack/react-query';
import { standingQuery } from '@/api/queries';
import type { AnswerStanding } from '@/api/types';
import { t } from '@/text/t';
import { Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './answers.module.css';

function proof({ certified, more, weeks }: AnswerStanding): string {
  if (certified) return t('standing.certified');
  if (more === null) return t('standing.noAttempt');
  if (more === 0) return t('standing.moreDoesNotHelp');
  return [
    t('standing.more', { n: more }),
    weeks === null ? t('standing.noPace') : t('standing.weeks', { n: weeks }),
  ].join(' ');
}

export function StandingPart({ id }: { id: string }) {
  const { data, isError, error, refetch } = useQuery(standingQuery(id));
  return (
    <Section title={t('standing.title')}>
      {isError && !data && <ProblemNote error={error} retry={() => refetch()} />}
      {data && (
        <p className={classes.standing}>
          {t('standing.examples', { n: data.examples })}{' '}
          {t(data.known ? 'standing.known' : 'standing.unknown')} {proof(data)}
        </p>
      )}
    </Section>
  );
}
