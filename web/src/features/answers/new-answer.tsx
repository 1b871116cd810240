import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { suggestionsQuery } from '@/api/queries';
import type { Answer, AnswerChange } from '@/api/types';
import { t } from '@/text/t';
import { BackLink } from '@/ui/back-link';
import { Bones } from '@/ui/bones';
import { Page } from '@/ui/page';
import { toast } from '@/ui/toasts';
import { AnswerForm } from './answer-form';

/** `suggestion`: the title of one whose text the form begins with. */
export function NewAnswer({ suggestion }: { suggestion?: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: (answer: AnswerChange) => api.post<Answer>('/answers', answer),
    onSuccess: ({ id, title }) => {
      toast({ text: t('answer.saved', { title }) });
      client.invalidateQueries({ queryKey: ['answers'] });
      navigate({ to: '/answers/$id', params: { id } });
    },
  });
  const suggestions = useQuery({ ...suggestionsQuery, enabled: suggestion !== undefined });
  const start = suggestions.data?.missing.find((one) => one.title === suggestion);
  return (
    <Page
      wide
      title={t('answers.new')}
      back={<BackLink to="/answers">{t('answers.title')}</BackLink>}
    >
      {suggestions.isLoading ? (
        <Bones rows={6} height={40} />
      ) : (
        <AnswerForm
          start={start}
          save={create.mutate}
          saving={create.isPending}
          problem={isProblem(create.error) ? create.error : null}
        />
      )}
    </Page>
  );
}
