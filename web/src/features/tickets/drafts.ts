// What is being written, per ticket. It outlives the page that shows it, and a reload; files do not outlive a reload.
import { useSyncExternalStore } from 'react';
import type { AnswerRef } from '@/api/types';
import type { OutgoingFile } from './files';

export type Draft = {
  kind: 'public' | 'note';
  body: string;
  answer: AnswerRef | null;
  files: OutgoingFile[];
};

const empty: Draft = { kind: 'public', body: '', answer: null, files: [] };
const drafts = new Map<number, Draft>();
const listeners = new Set<() => void>();
const place = (number: number) => `deskwise-draft-${number}`;

function stored(number: number): Draft {
  try {
    const text = sessionStorage.getItem(place(number));
    return text ? { ...(JSON.parse(text) as Draft), files: [] } : empty;
  } catch {
    return empty;
  }
}

export function draftOf(number: number): Draft {
  let draft = drafts.get(number);
  if (!draft) {
    draft = stored(number);
    drafts.set(number, draft);
  }
  return draft;
}

export function setDraft(number: number, change: Partial<Draft>) {
  const draft = { ...draftOf(number), ...change };
  drafts.set(number, draft);
  try {
    if (draft.body === '') sessionStorage.removeItem(place(number));
    else sessionStorage.setItem(place(number), JSON.stringify({ ...draft, files: [] }));
  } catch {
    // Without storage the draft lives as long as this window.
  }
  for (const listener of listeners) listener();
}

export const clearDraft = (number: number) => setDraft(number, empty);

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export const useDraft = (number: number) => useSyncExternalStore(subscribe, () => draftOf(number));
