// Takes an act of mending back.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { t } from '@/text/t';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';

export function useUndo() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete(`/learning/mends/${id}`),
    onSuccess: () => toast({ text: t('learning.undoneToast') }),
    onError: reportError,
    onSettled: () => client.invalidateQueries({ queryKey: ['learning'] }),
  });
}
