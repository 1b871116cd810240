// The template as a customer would read it, a moment after each pause in typing.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';

export function usePreview(body: string) {
  const [text] = useDebouncedValue(body, 250);
  const query = useQuery({
    queryKey: ['preview', text],
    queryFn: () => api.post<{ text: string; html: string }>('/answers/preview', { body: text }),
    enabled: text.trim() !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });
  const mistake = isProblem(query.error)
    ? (query.error.field('body') ?? query.error.message)
    : undefined;
  return {
    text: text.trim() === '' ? '' : (query.data?.text ?? ''),
    mistake,
    fetching: query.isFetching,
  };
}
