// What the stock of answers lacks or has too much of: replies written again and again, answers that say almost the
// same, answers that nobody needs.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { suggestionsQuery } from '@/api/queries';
import type { AnswerSuggestions } from '@/api/types';
import { mayWrite, useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { languageName } from '@/text/time';
import { BackLink } from '@/ui/back-link';
import { Bones } from '@/ui/bones';
import { Empty, Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { NotNow, Pair, Retire } from './suggestion-rows';
import classes from './suggestions.module.css';

export function SuggestionsPage() {
  const query = useQuery(suggestionsQuery);
  return (
    <Page
      title={t('suggestions.title')}
      lead={t('suggestions.lead')}
      back={<BackLink to="/answers">{t('answers.title')}</BackLink>}
    >
      {query.isPending && <Bones rows={5} height={80} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.data && <Found found={query.data} />}
    </Page>
  );
}

function Found({ found }: { found: AnswerSuggestions }) {
  const { days, looked, missing, merge, retire } = found;
  if (missing.length + merge.length + retire.length === 0) {
    return (
      <Empty
        icon="check"
        title={t('suggestions.none')}
        help={t('suggestions.noneHelp', { n: looked, days: String(days) })}
      />
    );
  }
  return (
    <>
      {missing.length > 0 && (
        <Section
          title={t('suggestions.missing')}
          lead={t('suggestions.missingLead', { n: looked, days: String(days) })}
        >
          <ul className={classes.list}>
            {missing.map((one) => (
              <Missing key={one.id} one={one} />
            ))}
          </ul>
        </Section>
      )}
      {merge.length > 0 && (
        <Section title={t('suggestions.merge')} lead={t('suggestions.mergeLead')}>
          <ul className={classes.list}>
            {merge.map((pair) => (
              <Pair key={pair.id} pair={pair} />
            ))}
          </ul>
        </Section>
      )}
      {retire.length > 0 && (
        <Section
          title={t('suggestions.retire')}
          lead={t('suggestions.retireLead', { days: String(days) })}
        >
          <ul className={classes.list}>
            {retire.map((one) => (
              <Retire key={one.id} one={one} />
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Missing({ one }: { one: AnswerSuggestions['missing'][number] }) {
  const writes = mayWrite(useSession());
  return (
    <li className={classes.missing}>
      <div className={classes.row}>
        <p>
          <strong>{one.title}</strong>{' '}
          <span className={classes.muted}>
            {[
              t('suggestions.uses', { n: one.uses }),
              one.wordings > 1 && t('suggestions.wordings', { n: one.wordings }),
              one.language && languageName(one.language),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </p>
        {writes && (
          <div className={classes.deeds}>
            <NotNow id={one.id} title={one.title} />
            <Button
              size="xs"
              variant="default"
              // The form finds the text by its title: it may be too long for an address.
              renderRoot={(props) => (
                <Link to="/answers/new" search={{ suggestion: one.title }} {...props} />
              )}
            >
              {t('suggestions.make')}
            </Button>
          </div>
        )}
      </div>
      <blockquote className={classes.body}>{one.body}</blockquote>
      <p className={classes.muted}>
        {t('suggestions.tickets')}{' '}
        {one.tickets.map(({ number, subject }, index) => (
          <span key={number}>
            {index > 0 && ', '}
            <Link to="/inbox/$view/$number" params={{ view: 'all', number }} title={subject}>
              #{number}
            </Link>
          </span>
        ))}
      </p>
    </li>
  );
}
