// Says what the ticked tickets are to teach instead, and does it, with a way back.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { NewMend } from '@/api/types';
import { t } from '@/text/t';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import { AnswerSelect } from './answer-select';
import classes from './learning.module.css';
import { useUndo } from './use-undo';

type Props = { tickets: number[]; found: string; done: () => void };

export function MendBar({ tickets, found, done }: Props) {
  const client = useQueryClient();
  const [answer, setAnswer] = useState<string | null>(null);
  const undo = useUndo();
  const mend = useMutation({
    mutationFn: (body: NewMend) => api.post<{ id: string }>('/learning/mends', body),
    onSuccess: ({ id }) => {
      client.invalidateQueries({ queryKey: ['learning'] });
      toast({
        text: t('learning.mendedToast', { n: tickets.length }),
        stay: 10_000,
        action: { label: t('action.undo'), run: () => undo.mutate(id) },
      });
      done();
    },
    onError: reportError,
  });
  return (
    <form
      className={classes.mend}
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) mend.mutate({ tickets, answer: answer === 'none' ? null : answer, found });
      }}
    >
      <span>{t('learning.teach')}</span>
      <AnswerSelect
        label={t('learning.teach')}
        placeholder={t('learning.pick')}
        value={answer}
        onChange={setAnswer}
      />
      <Button type="submit" size="sm" disabled={!answer} loading={mend.isPending}>
        {t('learning.mend', { n: tickets.length })}
      </Button>
    </form>
  );
}
