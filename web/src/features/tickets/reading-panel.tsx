// What Deskwise understood, what it decided and why, and what came of it.
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { AnswerRef, Reading, Ticket } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { percent } from '@/text/number';
import { t } from '@/text/t';
import { fullTime, languageName, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { ResponderMark } from '@/ui/marks';
import { ProblemNote } from '@/ui/problem-note';
import { History } from './history';
import { RankedAnswers } from './ranked-answers';
import classes from './reading.module.css';
import { Why } from './why';

type Props = {
  ticket: Ticket;
  reading: UseQueryResult<Reading>;
  use?: (answer: AnswerRef) => void;
  using: string | null;
};

export function ReadingPanel({ ticket, reading, use, using }: Props) {
  return (
    <div className={classes.panel}>
      <DecisionPart ticket={ticket} />
      {reading.isPending && <Bones rows={4} height={48} gap={8} />}
      {reading.isError && !reading.data && (
        <ProblemNote error={reading.error} retry={() => reading.refetch()} />
      )}
      {reading.data && <Read ticket={ticket} reading={reading.data} use={use} using={using} />}
      <Outcome ticket={ticket} />
      <Custom ticket={ticket} />
      <History number={ticket.number} />
    </div>
  );
}

type ReadProps = Pick<Props, 'ticket' | 'use' | 'using'> & { reading: Reading };

function Read({ ticket, reading, use, using }: ReadProps) {
  if (reading.state !== 'ready') return <Unshown state={reading.state} ticket={ticket} />;
  const { language, similar } = reading;
  return (
    <>
      <RankedAnswers reading={reading} use={use} using={using} />
      <Why words={reading.why} />
      <dl className={classes.facts}>
        {language && (
          <div>
            <dt>{t('reading.language')}</dt>
            <dd>
              {language.confidence === null
                ? languageName(language.code)
                : t('reading.languageSure', {
                    language: languageName(language.code),
                    share: percent(language.confidence),
                  })}
            </dd>
          </div>
        )}
        {reading.novelty !== null && (
          <div title={t('reading.noveltyHelp')}>
            <dt>{t('reading.novelty')}</dt>
            <dd>{reading.novelty.toFixed(2)}</dd>
          </div>
        )}
      </dl>
      {similar.length > 0 && (
        <section>
          <h2>{t('reading.similar')}</h2>
          <ul className={classes.similar}>
            {similar.map((one) => (
              <li key={one.number}>
                <Link to="/inbox/$view/$number" params={{ view: 'all', number: one.number }}>
                  <span className={classes.number}>#{one.number}</span>
                  <span>{one.subject || t('ticket.subjectless')}</span>
                  <span className={classes.value}>{one.similarity.toFixed(2)}</span>
                </Link>
                {one.answer && <p className={classes.help}>{one.answer.title}</p>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

const unshown = {
  none: ['reading.unread', 'reading.unreadHelp'],
  off: ['reading.off', 'reading.offHelp'],
  shadow: ['reading.shadow', 'reading.shadowHelp'],
  blind: ['reading.blind', 'reading.blindHelp'],
} as const;

/** Why there are no suggestions, and what one can do about it. */
function Unshown({ state, ticket }: { state: keyof typeof unshown; ticket: Ticket }) {
  const { setup } = useSession();
  if (state === 'none' && !setup.has_model) {
    return (
      <section>
        <h2>{t('reading.none')}</h2>
        <p className={classes.help}>{t('reading.noneHelp')}</p>
        <Button component={Link} to="/models" variant="default" mt={8}>
          {t('reading.train')}
        </Button>
      </section>
    );
  }
  const { id, name } = ticket.category;
  return (
    <section className={state === 'blind' ? classes.blind : undefined}>
      <h2>
        {state === 'blind' && <Icon name="eyeoff" />}
        {t(unshown[state][0])}
      </h2>
      <p className={classes.help}>{t(unshown[state][1])}</p>
      {(state === 'shadow' || state === 'off') && (
        <Link to="/categories/$id" params={{ id }} className={classes.link}>
          {t('reading.policyOf', { name })}
        </Link>
      )}
    </section>
  );
}

function DecisionPart({ ticket: { decision, experiments } }: { ticket: Ticket }) {
  return (
    <section>
      <h2>{t('reading.decision')}</h2>
      {decision ? (
        <>
          <p className={classes.decision}>
            <ResponderMark responder={decision.responder} />
            {t(
              decision.mode === 'shadow'
                ? `decision.shadow.${decision.action}`
                : `decision.${decision.action}`,
            )}
          </p>
          <p className={classes.reason}>{decision.reason}</p>
          <p className={classes.help}>
            {[
              t(`mode.${decision.mode}`),
              decision.arm !== decision.mode && t(`arm.${decision.arm}`),
              decision.model_version !== null &&
                t('reading.model', { version: String(decision.model_version) }),
              messageTime(decision.created_at),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </>
      ) : (
        <p className={classes.help}>{t('reading.undecided')}</p>
      )}
      {experiments.map(({ id, name, side }) => (
        <p key={id} className={classes.help}>
          {t('reading.experiment', { side: t(`experiment.${side}`) })}{' '}
          <Link to="/experiments/$id" params={{ id }} className={classes.link}>
            {name}
          </Link>
        </p>
      ))}
    </section>
  );
}

function Outcome({ ticket: { rating, resolution } }: { ticket: Ticket }) {
  if (!rating && !resolution) return null;
  return (
    <section>
      <h2>{t('ticket.rating')}</h2>
      {rating && (
        <p className={classes.decision} title={fullTime(rating.at)}>
          <Icon name={rating.value} />
          {t(`ticket.rated.${rating.value}`)}
        </p>
      )}
      {rating?.comment && <blockquote className={classes.comment}>{rating.comment}</blockquote>}
      {resolution && <p className={classes.help}>{t(`resolution.${resolution}`)}</p>}
    </section>
  );
}

function Custom({ ticket: { custom } }: { ticket: Ticket }) {
  const fields = Object.entries(custom ?? {});
  if (fields.length === 0) return null;
  return (
    <section>
      <h2>{t('ticket.custom')}</h2>
      <dl className={classes.facts}>
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
