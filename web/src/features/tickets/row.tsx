// One ticket in the list: two lines of text, and its confidence line.
import { Link } from '@tanstack/react-router';
import { memo, useEffect, useRef } from 'react';
import type { TicketRow, View } from '@/api/types';
import { t } from '@/text/t';
import { fullTime, shortTime } from '@/text/time';
import { ConfidenceLine } from '@/ui/confidence-line';
import { Icon } from '@/ui/icon';
import { ResponderMark, StatusMark } from '@/ui/marks';
import classes from './row.module.css';
import { usePrefetchTicket } from './use-walk';

type Props = {
  view: View;
  ticket: TicketRow;
  atCursor: boolean;
  open: boolean;
  /** The moment by which the list is ordered. */
  at: number;
};

export const Row = memo(function Row({ view, ticket, atCursor, open, at }: Props) {
  const link = useRef<HTMLLIElement>(null);
  const prefetch = usePrefetchTicket();
  useEffect(() => {
    if (atCursor) link.current?.scrollIntoView({ block: 'nearest' });
  }, [atCursor]);
  const who = ticket.requester.name ?? ticket.requester.email;
  const { decision } = ticket;
  return (
    <li ref={link} className={classes.item} data-cursor={atCursor} data-open={open}>
      <Link
        to="/inbox/$view/$number"
        params={{ view, number: ticket.number }}
        search={(search) => search}
        preload={false}
        onMouseEnter={() => prefetch(ticket.number)}
        className={classes.row}
        aria-current={open ? 'true' : undefined}
      >
        <StatusMark status={ticket.status} />
        <span className={classes.first}>
          <span className={classes.subject} data-new={ticket.status === 'new'}>
            {ticket.subject || ticket.excerpt || t('ticket.subjectless')}
          </span>
          <time className={classes.time} title={fullTime(at)}>
            {shortTime(at)}
          </time>
        </span>
        <span className={classes.about}>
          <span className={classes.who}>{who}</span>
          <span className={classes.category}>{ticket.category.name}</span>
          {ticket.rating && <Icon name={ticket.rating} size={13} className={classes.rating} />}
          <span className={classes.line}>
            {ticket.solved_by && <ResponderMark responder={ticket.solved_by} />}
            {decision?.blind ? (
              <Icon name="eyeoff" size={13} className={classes.blind} />
            ) : (
              decision?.probability != null && (
                <span className={classes.scale}>
                  <ConfidenceLine
                    size="row"
                    probability={decision.probability}
                    threshold={decision.threshold}
                  />
                </span>
              )
            )}
          </span>
        </span>
      </Link>
    </li>
  );
});
