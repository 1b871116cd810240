// After the choice: a moment to take it back, then what was sent beside it.
import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Reviewed, ReviewTask } from '@/api/types';
import { useKeys } from '@/features/shell/keys';
import { t } from '@/text/t';
import { ConfidenceLine } from '@/ui/confidence-line';
import { Icon } from '@/ui/icon';
import classes from './reviews.module.css';
import { type Choice, heldFor } from './step';

type HeldProps = {
  task: ReviewTask;
  choice: Choice;
  asking: boolean;
  takeBack: () => void;
  ask: () => void;
};

export function Held({ task, choice, asking, takeBack, ask }: HeldProps) {
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    const timer = setTimeout(() => latest.current(), heldFor);
    return () => clearTimeout(timer);
  }, []);
  useKeys({ escape: takeBack, z: takeBack });
  return (
    <section className={classes.choose} aria-live="polite">
      <h2>{t('reviews.held', { answer: choice?.title ?? t('reviews.nothing') })}</h2>
      <div className={classes.deeds}>
        <Button autoFocus onClick={ask} loading={asking}>
          {task.disputed ? t('reviews.decide') : t('reviews.show')}
        </Button>
        <Button variant="default" onClick={takeBack} disabled={asking}>
          {t('action.undo')}
        </Button>
      </div>
      {!asking && (
        <span
          aria-hidden="true"
          className={classes.countdown}
          style={{ animationDuration: `${heldFor}ms` }}
        />
      )}
    </section>
  );
}

type ShownProps = {
  task: ReviewTask;
  reviewed: Reviewed;
  mark: (harmful: boolean) => void;
  next: () => void;
  last: boolean;
};

export function Shown({ task, reviewed, mark, next, last }: ShownProps) {
  const right = reviewed.verdict === 'right';
  const { sent, chosen, probability, threshold } = reviewed;
  const sentWord = task.sample === 'all' ? t('reviews.suggested') : t('reviews.sent');
  return (
    <section className={classes.choose} aria-live="polite">
      <h2 className={classes.verdict} data-right={right}>
        <Icon name={right ? 'check' : 'alert'} />
        {right ? t('reviews.right') : t('reviews.wrong')}
      </h2>
      <dl className={classes.pair}>
        <div>
          <dt>{t('reviews.yours')}</dt>
          <dd>{chosen?.title ?? t('reviews.nothing')}</dd>
        </div>
        <div>
          <dt>{sentWord}</dt>
          <dd>
            {sent?.title ?? t('reviews.nothingSent')}
            {reviewed.sent_text && <p className={classes.sentText}>{reviewed.sent_text}</p>}
            {probability !== null && (
              <ConfidenceLine probability={probability} threshold={threshold} />
            )}
          </dd>
        </div>
      </dl>
      {!right && !task.disputed && (
        <div className={classes.harm}>
          <span id="review-harm">{t('reviews.harm')}</span>
          <SegmentedControl
            aria-labelledby="review-harm"
            value={reviewed.verdict}
            onChange={(value) => mark(value === 'harmful')}
            data={[
              { value: 'wrong', label: t('reviews.harmless') },
              { value: 'harmful', label: t('reviews.harmful') },
            ]}
          />
          <span className={classes.hint}>{t('reviews.harmHelp')}</span>
        </div>
      )}
      {reviewed.standing !== 'settled' && (
        <p className={classes.muted}>
          {reviewed.standing === 'waiting' ? t('reviews.waitingSecond') : t('reviews.nowDisputed')}
        </p>
      )}
      <div className={classes.deeds}>
        <Button autoFocus onClick={next}>
          {last ? t('reviews.done') : t('reviews.next')}
        </Button>
      </div>
    </section>
  );
}
