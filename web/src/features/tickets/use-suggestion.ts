// Takes an answer into the editor, rendered for this ticket. What stood there can be
// brought back.
import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AnswerRef } from '@/api/types';
import { t } from '@/text/t';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import { draftOf, setDraft } from './drafts';

export function useSuggestion(number: number, done?: () => void) {
  return useMutation({
    mutationFn: (answer: AnswerRef) =>
      api.get<{ body: string }>(`/tickets/${number}/draft`, { answer: answer.id }),
    onSuccess: ({ body }, answer) => {
      const before = draftOf(number);
      setDraft(number, { kind: 'public', body, answer });
      if (before.body.trim() !== '' && before.body !== body) {
        toast({
          text: t('compose.replaced'),
          stay: 10_000,
          action: { label: t('action.undo'), run: () => setDraft(number, before) },
        });
      }
      done?.();
    },
    onError: reportError,
  });
}
