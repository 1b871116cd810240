// Reviewing: one ticket after the other, each answered in thought before what was sent is shown.
import { Progress } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useReducer, useState } from 'react';
import { api } from '@/api/client';
import { reviewProgressQuery, reviewsQuery } from '@/api/queries';
import type { Reviewed, ReviewProgress, ReviewTask } from '@/api/types';
import { rate } from '@/text/number';
import { t } from '@/text/t';
import { languageName, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Facts } from '@/ui/facts';
import { Empty, Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { Choose } from './choose';
import { Held, Shown } from './outcome';
import classes from './reviews.module.css';
import { advance, type Choice, routeOf } from './step';

export function ReviewsPage() {
  const queue = useQuery(reviewsQuery);
  const { data: progress } = useQuery(reviewProgressQuery);
  const [begun, setBegun] = useState<ReviewTask | null>(null);
  const items = queue.data?.items ?? [];
  // The ticket one is at stays, also once it has left the queue.
  const task = begun ?? items[0];
  const rest = items.filter((one) => one.number !== task?.number);
  return (
    <Page
      title={t('reviews.title')}
      lead={t('reviews.lead')}
      actions={progress && <Today progress={progress} />}
    >
      {queue.isPending && <Bones rows={4} height={72} gap={12} />}
      {queue.isError && <ProblemNote error={queue.error} retry={() => queue.refetch()} />}
      {queue.isSuccess && !task && (
        <Empty
          icon="review"
          title={t('reviews.none')}
          help={t(progress?.waiting ? 'reviews.noneOwnHelp' : 'reviews.noneHelp')}
        />
      )}
      {task && (
        <Review
          key={task.number}
          task={task}
          last={rest.length === 0}
          begin={() => setBegun(task)}
          next={() => setBegun(rest[0] ?? null)}
        />
      )}
      {progress && <AgreementPart progress={progress} />}
    </Page>
  );
}

/** What waits for oneself, as the menu counts it, and beside it what waits for the team. */
function Today({ progress }: { progress: ReviewProgress }) {
  const { done_today, own_today, budget, own_waiting: own, waiting, late } = progress;
  return (
    <div className={classes.today}>
      <span>
        <strong>{t('reviews.today', { done: done_today, budget })}</strong>
        {own_today > 0 && `, ${t('reviews.own', { n: own_today })}`}
      </span>
      <Progress
        size="sm"
        value={Math.min(100, (100 * done_today) / budget)}
        aria-label={t('reviews.todayLabel')}
      />
      <span className={classes.hint}>
        {t('reviews.waiting', { n: own })}
        {waiting > own && ` · ${t('reviews.waitingAll', { n: waiting })}`}
        {late > 0 && <span className={classes.late}> · {t('reviews.late', { n: late })}</span>}
      </span>
    </div>
  );
}

type ReviewProps = {
  task: ReviewTask;
  last: boolean;
  begin: () => void;
  next: () => void;
};

function Review({ task, last, begin, next }: ReviewProps) {
  const client = useQueryClient();
  const [step, act] = useReducer(advance, { at: 'choosing', task });
  const store = async (choice: Choice) => {
    act({ do: 'ask' });
    try {
      const answer = choice?.id ?? null;
      act({ do: 'show', reviewed: await api.post<Reviewed>(routeOf(task), { answer }) });
      client.invalidateQueries({ queryKey: ['reviews'] });
    } catch (error) {
      act({ do: 'refused' });
      reportError(error);
    }
  };
  const mark = async (harmful: boolean) => {
    try {
      const reviewed = await api.patch<Reviewed>(`/reviews/${task.number}`, { harmful });
      act({ do: 'show', reviewed });
    } catch (error) {
      reportError(error);
    }
  };
  const choose = (choice: Choice) => {
    begin();
    act({ do: 'choose', choice });
  };
  return (
    <div className={classes.review}>
      <Asked task={task} />
      {step.at === 'choosing' && <Choose task={task} choose={choose} />}
      {(step.at === 'held' || step.at === 'asking') && (
        <Held
          task={task}
          choice={step.choice}
          asking={step.at === 'asking'}
          takeBack={() => act({ do: 'take back' })}
          ask={() => step.at === 'held' && store(step.choice)}
        />
      )}
      {step.at === 'shown' && (
        <Shown task={task} reviewed={step.reviewed} mark={mark} next={next} last={last} />
      )}
    </div>
  );
}

function Asked({ task }: { task: ReviewTask }) {
  return (
    <article className={classes.asked}>
      <p className={classes.hint}>
        {task.category.name} · {t('reviews.ticket', { number: String(task.number) })} ·{' '}
        {t('reviews.received', { when: messageTime(task.received_at) })}
        {task.language && ` · ${languageName(task.language)}`}
      </p>
      {task.subject && <h2>{task.subject}</h2>}
      <p className={classes.body}>{task.body}</p>
    </article>
  );
}

function AgreementPart({ progress: { agreed, kappa } }: { progress: ReviewProgress }) {
  return (
    <Section title={t('reviews.agreement')} lead={t('reviews.agreementLead')}>
      {agreed.of > 0 ? (
        <Facts
          facts={[
            [t('reviews.agreed'), rate(agreed.count, agreed.of)],
            [t('reviews.kappa'), kappa === null ? '–' : kappa.toFixed(2)],
          ]}
        />
      ) : (
        <p className={classes.muted}>{t('reviews.noPairs')}</p>
      )}
    </Section>
  );
}
