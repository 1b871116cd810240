// Replies on their way. Each waits ten seconds in which it can be taken back; it then goes
// out wherever one is by then, and at once when the window closes.
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api } from '@/api/client';
import { ticketQuery } from '@/api/queries';
import type { Status, Ticket } from '@/api/types';
import { t } from '@/text/t';
import { reason } from '@/ui/report';
import { dismiss, toast } from '@/ui/toasts';
import { clearDraft, type Draft, draftOf, setDraft } from './drafts';

export const undoFor = 10_000;

export type Outgoing = {
  id: string;
  number: number;
  to: string;
  draft: Draft;
  status?: Status;
  client: QueryClient;
};

let waiting: Outgoing[] = [];
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

function publish(list: Outgoing[]) {
  waiting = list;
  for (const listener of listeners) listener();
}

function leave(out: Outgoing) {
  clearTimeout(timers.get(out.id));
  timers.delete(out.id);
  publish(waiting.filter((other) => other.id !== out.id));
}

export const bodyOf = ({ draft, status }: Pick<Outgoing, 'draft' | 'status'>) => ({
  kind: draft.kind,
  body: draft.body,
  ...(draft.answer && draft.kind === 'public' ? { answer: draft.answer.id } : {}),
  ...(status ? { status } : {}),
  ...(draft.files.length > 0
    ? { attachments: draft.files.map(({ size: _size, ...file }) => file) }
    : {}),
});

export function takeBack(out: Outgoing) {
  if (!waiting.includes(out)) return;
  leave(out);
  dismiss(out.id);
  // What was written since then is not thrown away.
  const since = draftOf(out.number).body;
  setDraft(out.number, {
    ...out.draft,
    body: since ? `${out.draft.body}\n\n${since}` : out.draft.body,
    files: [...out.draft.files, ...draftOf(out.number).files],
  });
  toast({ text: t('compose.takenBack') });
}

export async function sendNow(out: Outgoing, keepalive = false) {
  if (!timers.has(out.id)) return;
  clearTimeout(timers.get(out.id));
  timers.delete(out.id);
  dismiss(out.id);
  try {
    const ticket = await api.post<Ticket>(`/tickets/${out.number}/messages`, bodyOf(out), {
      keepalive,
      key: out.id,
    });
    out.client.setQueryData(ticketQuery(out.number).queryKey, ticket);
    leave(out);
    for (const key of ['tickets', 'counts', 'reading', 'metrics']) {
      out.client.invalidateQueries({ queryKey: [key] });
    }
    toast({ text: t('compose.sent', { to: out.to }) });
  } catch (error) {
    leave(out);
    const since = draftOf(out.number).body;
    setDraft(out.number, { ...out.draft, body: since || out.draft.body });
    toast({
      tone: 'danger',
      text: `${t('compose.notSent', { to: out.to })} ${reason(error)}`,
    });
  }
}

export function enqueue(out: Omit<Outgoing, 'id'>): Outgoing {
  const made = { ...out, id: crypto.randomUUID() };
  clearDraft(out.number);
  timers.set(
    made.id,
    setTimeout(() => sendNow(made), undoFor),
  );
  publish([...waiting, made]);
  toast({
    id: made.id,
    text: t('compose.sending', { to: out.to }),
    stay: undoFor,
    countdown: true,
    second: { label: t('compose.sendNow'), run: () => sendNow(made) },
    action: { label: t('action.undo'), run: () => takeBack(made) },
  });
  return made;
}

if (typeof window !== 'undefined') {
  // A closing window can still send text, but no more than 64 KB: files need it open.
  window.addEventListener('beforeunload', (event) => {
    if (waiting.some((out) => out.draft.files.length > 0)) event.preventDefault();
  });
  window.addEventListener('pagehide', () => {
    for (const out of waiting) sendNow(out, true);
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export function useOutgoing(number: number): Outgoing[] {
  const all = useSyncExternalStore(subscribe, () => waiting);
  return all.filter((out) => out.number === number);
}
