// Storing a policy, of one category or of all. A switch is not optimistic: it shows as on
// only when the server says that it is.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { PolicyChange, Switched } from '@/api/types';
import { t } from '@/text/t';
import { tellSwitched } from './recall';

export function usePolicy(id: string | null, name: string, done?: () => void) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: (change: PolicyChange) =>
      api.put<Switched>(id === null ? '/policies' : `/categories/${id}/policy`, change),
    onSuccess: (switched) => {
      tellSwitched(client, id, t('policy.saved', { name }), switched.recall);
      client.invalidateQueries({ queryKey: ['metrics'] });
      done?.();
      return client.invalidateQueries({ queryKey: ['categories'] });
    },
  });
  return {
    save: mutation.mutateAsync,
    saving: mutation.isPending,
    problem: isProblem(mutation.error) ? mutation.error : null,
  };
}
