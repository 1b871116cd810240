// One ticket: head, conversation, editor, and beside them what Deskwise read in it.
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { isProblem } from '@/api/problem';
import { readingQuery, ticketQuery } from '@/api/queries';
import type { Ticket } from '@/api/types';
import { mayWrite, useSession } from '@/features/session/use-session';
import { useKeys } from '@/features/shell/keys';
import { NotFound } from '@/features/shell/not-found';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { ProblemNote } from '@/ui/problem-note';
import { toast } from '@/ui/toasts';
import { Composer, type ComposerHandle } from './composer';
import { Conversation } from './conversation';
import { type Draft, draftOf } from './drafts';
import { PhoneActions } from './phone-actions';
import { usable } from './ranked-answers';
import { ReadingPanel } from './reading-panel';
import classes from './ticket.module.css';
import { TicketHead } from './ticket-head';
import { useChangeTicket } from './use-change-ticket';
import { useSuggestion } from './use-suggestion';

export function TicketPane({ number }: { number: number }) {
  const query = useQuery(ticketQuery(number));
  if (query.isPending) {
    return (
      <div className={classes.loading}>
        <Bones rows={1} height={24} />
        <Bones rows={1} height={34} />
        <Bones rows={3} height={120} gap={16} />
      </div>
    );
  }
  if (query.isError && !query.data) {
    if (isProblem(query.error) && query.error.status === 404) return <NotFound />;
    return (
      <div className={classes.loading}>
        <ProblemNote error={query.error} retry={() => query.refetch()} />
      </div>
    );
  }
  return <Opened ticket={query.data} />;
}

function Opened({ ticket }: { ticket: Ticket }) {
  const session = useSession();
  const { number } = ticket;
  const change = useChangeTicket(number);
  const reading = useQuery(readingQuery(number));
  const composer = useRef<ComposerHandle>(null);
  const [side, setSide] = useState(false);
  // At phone width the editor takes the place of the actions while one writes.
  const [writing, setWriting] = useState(() => draftOf(number).body !== '');
  const write = (kind: Draft['kind']) => {
    setSide(false);
    setWriting(true);
    composer.current?.focus(kind);
  };
  const suggest = useSuggestion(number, () => write('public'));
  const canWrite = mayWrite(session);

  const assign = () => {
    const { id, name } = session.user;
    change.mutate({ assignee: { id, name } });
    toast({ text: t('ticket.assigned', { number: `#${number}` }) });
  };
  const solve = () => {
    if (ticket.status === 'solved' || ticket.status === 'closed') return;
    const before = ticket.status;
    change.mutate({ status: 'solved' });
    toast({
      text: t('ticket.solved', { number: `#${number}` }),
      stay: 10_000,
      action: { label: t('action.undo'), run: () => change.mutate({ status: before }) },
    });
  };
  const takeFirst = () => {
    const first = reading.data?.ranked.find((one) => usable(one.answer));
    if (reading.data?.state === 'ready' && first) suggest.mutate(first.answer);
  };

  useKeys(
    canWrite
      ? {
          r: () => write('public'),
          n: () => write('note'),
          a: assign,
          s: solve,
          u: takeFirst,
        }
      : {},
  );

  return (
    <div className={classes.pane}>
      <article className={classes.ticket} data-side={side} data-writing={writing}>
        <TicketHead ticket={ticket} change={change.mutate} side={side} setSide={setSide} />
        <div className={classes.main}>
          <Conversation ticket={ticket} />
          <div className={classes.editor}>
            <Composer
              ref={composer}
              ticket={ticket}
              canWrite={canWrite}
              done={() => setWriting(false)}
            />
          </div>
        </div>
        <aside className={classes.aside} aria-label={t('reading.title')}>
          <ReadingPanel
            ticket={ticket}
            reading={reading}
            use={canWrite ? suggest.mutate : undefined}
            using={suggest.isPending ? suggest.variables.id : null}
          />
        </aside>
        {canWrite && (
          <PhoneActions
            reply={() => write('public')}
            note={() => write('note')}
            assign={assign}
            solve={solve}
          />
        )}
      </article>
    </div>
  );
}
