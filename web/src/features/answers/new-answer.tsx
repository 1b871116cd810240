import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { Answer, AnswerChange } from '@/api/types';
import { t } from '@/text/t';
import { BackLink } from '@/ui/back-link';
import { Page } from '@/ui/page';
import { toast } from '@/ui/toasts';
import { AnswerForm } from './answer-form';

export function NewAnswer() {
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
  return (
    <Page
      wide
      title={t('answers.new')}
      back={<BackLink to="/answers">{t('answers.title')}</BackLink>}
    >
      <AnswerForm
        save={create.mutate}
        saving={create.isPending}
        problem={isProblem(create.error) ? create.error : null}
      />
    </Page>
  );
}
