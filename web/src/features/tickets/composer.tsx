// The editor: a reply or a note, from an answer or free, sent with an undo.
import { Button, Menu, SegmentedControl, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useImperativeHandle, useRef } from 'react';
import { api } from '@/api/client';
import { ticketQuery } from '@/api/queries';
import type { Status, Ticket } from '@/api/types';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import { StatusMark } from '@/ui/marks';
import { reportError } from '@/ui/report';
import { AnswerPicker } from './answer-picker';
import { AttachButton, AttachedFiles, attach } from './attach';
import classes from './composer.module.css';
import { clearDraft, type Draft, setDraft, useDraft } from './drafts';
import { bodyOf, enqueue } from './outbox';

export type ComposerHandle = { focus: (kind: Draft['kind']) => void };

type Props = {
  ref: React.Ref<ComposerHandle>;
  ticket: Ticket;
  canWrite: boolean;
  done: () => void;
};

const afterwards: Status[] = ['pending', 'solved', 'on_hold', 'open'];

export function Composer({ ref, ticket, canWrite, done }: Props) {
  const { number, requester } = ticket;
  const client = useQueryClient();
  const draft = useDraft(number);
  const field = useRef<HTMLTextAreaElement>(null);
  const to = requester.name ?? requester.email;
  const isNote = draft.kind === 'note';
  const empty = draft.body.trim() === '';

  useImperativeHandle(ref, () => ({
    focus(kind) {
      setDraft(number, { kind });
      // After the editor has its new height and words.
      requestAnimationFrame(() => field.current?.focus());
    },
  }));

  const note = useMutation({
    mutationFn: () => api.post<Ticket>(`/tickets/${number}/messages`, bodyOf({ draft })),
    onSuccess: (changed) => {
      clearDraft(number);
      done();
      client.setQueryData(ticketQuery(number).queryKey, changed);
    },
    onError: reportError,
  });

  function send(status?: Status) {
    if (empty) return;
    if (isNote) note.mutate();
    else {
      enqueue({ number, to, draft, status, client });
      done();
    }
  }

  function onKey(event: React.KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      field.current?.blur();
    }
  }

  if (!canWrite) return <p className={classes.closed}>{t('compose.viewer')}</p>;
  if (ticket.status === 'closed') return <p className={classes.closed}>{t('compose.closed')}</p>;
  return (
    <div className={classes.composer} data-note={isNote}>
      <div className={classes.top}>
        <SegmentedControl
          size="xs"
          data={[
            { value: 'public', label: t('compose.reply') },
            { value: 'note', label: t('compose.note') },
          ]}
          value={draft.kind}
          onChange={(kind) => setDraft(number, { kind: kind as Draft['kind'] })}
        />
        {isNote ? (
          <span className={classes.hint}>{t('ticket.noteHelp')}</span>
        ) : (
          <AnswerPicker number={number} done={() => field.current?.focus()} />
        )}
        {draft.answer && !isNote && (
          <span className={classes.started}>
            {t('compose.started', draft.answer)}
            <button
              type="button"
              aria-label={t('compose.forget')}
              title={t('compose.forget')}
              onClick={() => setDraft(number, { answer: null })}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        )}
      </div>
      <Textarea
        ref={field}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={14}
        aria-label={isNote ? t('compose.noteFor') : t('compose.replyTo', { name: to })}
        placeholder={isNote ? t('compose.noteFor') : t('compose.replyTo', { name: to })}
        value={draft.body}
        onChange={(event) => {
          const body = event.currentTarget.value;
          // What is written from nothing is no longer the answer one began with.
          setDraft(number, body === '' ? { body, answer: null } : { body });
        }}
        onKeyDown={onKey}
        onPaste={(event) => {
          // A picture of the screen is pasted more often than it is saved first.
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          attach(number, files);
        }}
        classNames={{ input: classes.field }}
      />
      <AttachedFiles number={number} files={draft.files} />
      <div className={classes.bottom}>
        <Button variant="subtle" className={classes.leave} onClick={done}>
          {t('action.close')}
        </Button>
        <AttachButton number={number} />
        {isNote ? (
          <Button disabled={empty} loading={note.isPending} onClick={() => send()}>
            {t('compose.addNote')}
          </Button>
        ) : (
          <Button.Group>
            <Button disabled={empty} onClick={() => send()}>
              {t('compose.send')}
            </Button>
            <Menu position="top-end">
              <Menu.Target>
                <Button disabled={empty} px={7} aria-label={t('compose.sendOther')}>
                  <Icon name="down" size={14} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                {afterwards.map((status) => (
                  <Menu.Item
                    key={status}
                    leftSection={<StatusMark status={status} />}
                    onClick={() => send(status)}
                  >
                    {t('compose.sendAnd', { status: t(`status.${status}`).toLowerCase() })}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          </Button.Group>
        )}
      </div>
    </div>
  );
}
