// One replayed ticket: what would have been sent, what was right, and why.
import { Link } from '@tanstack/react-router';
import type { Replay } from '@/api/types';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { ConfidenceLine } from '@/ui/confidence-line';
import { ResponderMark } from '@/ui/marks';
import classes from './room.module.css';

export function ReplayedRow({ one, all }: { one: Replay['items'][number]; all: Replay }) {
  const right = one.right ? t('replay.was', { answer: one.right.title }) : t('replay.wasNothing');
  const sent = one.answer && t('replay.sent', { answer: one.answer.title });
  return (
    <li data-outcome={one.outcome}>
      <span className={classes.verdict} data-right={one.outcome === 'right'}>
        {t(`replay.${one.outcome}`)}
      </span>
      <div>
        <Link to="/tickets/$number" params={{ number: String(one.number) }}>
          {one.title}
        </Link>
        <small>
          {one.outcome === 'wrong' && `${sent}; ${right}`}
          {one.outcome === 'right' && sent}
          {one.outcome === 'unanswered' && one.reason}
        </small>
      </div>
      <span className={classes.where}>
        <ResponderMark responder={one.responder} />
        <span className={classes.line}>
          <ConfidenceLine size="row" probability={one.score} threshold={all.threshold} />
        </span>
        <time>
          {dayOf(one.at)}
          {one.live && ` · ${t('replay.live')}`}
        </time>
      </span>
    </li>
  );
}
