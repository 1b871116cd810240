// The messages, oldest first, with those still on their way at the end.
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Delivery as DeliveryState, Message, Ticket } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { bytes } from '@/text/number';
import { t } from '@/text/t';
import { fullTime, messageTime } from '@/text/time';
import { Icon } from '@/ui/icon';
import { ResponderMark } from '@/ui/marks';
import classes from './conversation.module.css';
import { takeBack, useOutgoing } from './outbox';

export function Conversation({ ticket }: { ticket: Ticket }) {
  const outgoing = useOutgoing(ticket.number);
  const { user } = useSession();
  const box = useRef<HTMLDivElement>(null);
  const shown = ticket.messages.length + outgoing.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message brings the end into view
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [shown]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reachable by keyboard
    <div className={classes.scroll} ref={box} tabIndex={0}>
      <ol className={classes.messages} aria-label={t('ticket.conversation')}>
        {ticket.messages.map((message) => (
          <Item key={message.id} message={message} />
        ))}
        {outgoing.map((out) => (
          <li key={out.id}>
            <article className={classes.message} data-author="agent" data-waiting="true">
              <div className={classes.by}>
                <strong>{user.name}</strong>
                <span className={classes.state}>
                  <Icon name="clock" size={13} />
                  {t('compose.sending', { to: out.to })}
                </span>
                <Button size="compact-xs" variant="subtle" onClick={() => takeBack(out)}>
                  {t('action.undo')}
                </Button>
              </div>
              <div className={classes.body}>{out.draft.body}</div>
            </article>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Item({ message }: { message: Message }) {
  const note = message.kind === 'note';
  return (
    <li>
      <article className={classes.message} data-author={message.author} data-note={note}>
        <div className={classes.by}>
          {message.responder && <ResponderMark responder={message.responder} />}
          <strong>{message.author_name}</strong>
          {note && <span className={classes.kind}>{t('ticket.note')}</span>}
          {message.author === 'automatic' && (
            <span className={classes.kind}>{t('ticket.automatic')}</span>
          )}
          {message.answer && (
            <span className={classes.from}>{t('ticket.fromAnswer', message.answer)}</span>
          )}
          <time title={fullTime(message.created_at)}>{messageTime(message.created_at)}</time>
        </div>
        {message.html ? (
          <div
            className={classes.body}
            data-html
            // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the server
            dangerouslySetInnerHTML={{ __html: message.html }}
          />
        ) : (
          <div className={classes.body} dir="auto">
            {message.body}
          </div>
        )}
        {message.attachments.length > 0 && (
          <ul className={classes.files}>
            {message.attachments.map((file) => (
              <li key={file.id}>
                <a href={`/api/v1/attachments/${file.id}`} download={file.name}>
                  <Icon name="clip" size={14} />
                  {t('ticket.attachment', { name: file.name, size: bytes(file.size) })}
                </a>
              </li>
            ))}
          </ul>
        )}
        {message.withdrawn && (
          <p className={classes.delivery} data-trouble="true">
            <Icon name="alert" size={13} />
            {t('recall.message', { why: message.withdrawn.why })}
          </p>
        )}
        {!message.withdrawn && message.delivery && message.author !== 'requester' && (
          <Delivery of={message.delivery} />
        )}
      </article>
    </li>
  );
}

const troubles: DeliveryState[] = ['dead', 'held'];

function Delivery({
  of: { state, error },
}: {
  of: { state: DeliveryState; error: string | null };
}) {
  const trouble = troubles.includes(state);
  const name = t(`delivery.${state}`);
  return (
    <p className={classes.delivery} data-trouble={trouble}>
      <Icon name={trouble ? 'alert' : state === 'waiting' ? 'clock' : 'check'} size={13} />
      {error ? t('delivery.why', { state: name, why: error }) : name}
    </p>
  );
}
