// One answer, editable, with its archive and the way to its tickets.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { answerQuery } from '@/api/queries';
import type { Answer, AnswerChange } from '@/api/types';
import { mayWrite, useSession } from '@/features/session/use-session';
import { NotFound } from '@/features/shell/not-found';
import { t } from '@/text/t';
import { BackLink } from '@/ui/back-link';
import { Bones } from '@/ui/bones';
import { Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import { AnswerForm } from './answer-form';
import { StandingPart } from './standing-part';

export function AnswerPage({ id }: { id: string }) {
  const query = useQuery(answerQuery(id));
  if (isProblem(query.error) && query.error.status === 404) return <NotFound />;
  return (
    <Page
      wide
      title={query.data?.title ?? t('nav.answers')}
      back={<BackLink to="/answers">{t('answers.title')}</BackLink>}
      actions={
        <Button
          variant="default"
          component={Link}
          to="/inbox/$view"
          params={{ view: 'all' } as never}
          search={{ answer: id } as never}
        >
          {t('answer.tickets')}
        </Button>
      }
    >
      {query.isPending && <Bones rows={3} height={90} gap={16} />}
      {query.isError && !query.data && (
        <ProblemNote error={query.error} retry={() => query.refetch()} />
      )}
      {query.data && (
        <>
          <Opened answer={query.data} />
          <StandingPart id={id} />
        </>
      )}
    </Page>
  );
}

function Opened({ answer }: { answer: Answer }) {
  const session = useSession();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (part: AnswerChange) => api.patch<Answer>(`/answers/${answer.id}`, part),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['answers'] });
      client.invalidateQueries({ queryKey: ['answer', answer.id] });
    },
  });
  const { title } = answer;
  const archive = (archived: boolean) =>
    change.mutate(
      { archived },
      {
        onError: reportError,
        onSuccess: () =>
          toast({
            text: t(archived ? 'answer.archivedDone' : 'answer.restored', { title }),
            stay: 10_000,
            action: archived ? { label: t('action.undo'), run: () => archive(false) } : undefined,
          }),
      },
    );
  return (
    <AnswerForm
      answer={answer}
      readOnly={!mayWrite(session)}
      saving={change.isPending}
      problem={isProblem(change.error) ? change.error : null}
      save={(part) =>
        change.mutate(part, {
          onSuccess: () => toast({ text: t('answer.saved', { title: part.title ?? title }) }),
        })
      }
      actions={
        mayWrite(session) && (
          <Button variant="subtle" color="gray" onClick={() => archive(!answer.archived)}>
            {t(answer.archived ? 'answer.restore' : 'answer.archive')}
          </Button>
        )
      }
    />
  );
}
