// One query-options helper a resource. Keys begin with the resource's name, which is what
// live events invalidate.
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, type Query } from './client';
import type {
  Answer,
  AnswerStanding,
  AnswerSuggestions,
  AuditItem,
  Category,
  Counts,
  DeadJob,
  Drift,
  Examples,
  Experiment,
  ExperimentDetail,
  Guardrail,
  HistoryItem,
  Invitation,
  LabelCounts,
  LabelledTicket,
  Mail,
  MailDetail,
  Mend,
  Metrics,
  Models,
  Page,
  PolicyVersion,
  Reading,
  Recall,
  Replay,
  ReportMail,
  ReviewProgress,
  ReviewTask,
  Room,
  Rule,
  Session,
  Settings,
  Stack,
  Ticket,
  TicketRow,
  Token,
  User,
  WhatIf,
  WrongAnswer,
} from './types';

const minute = 60_000;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get<Session>('/session', {}, signal),
  staleTime: 5 * minute,
  retry: false,
});

export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: ({ signal }) => api.get<Counts>('/counts', {}, signal),
});

/** Pages of one list, flattened by `rows`. */
function pages<T>(key: readonly unknown[], route: string, query: Query = {}, limit = 50) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<T>>(route, { ...query, limit, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export const rows = <T>(data: { pages: Page<T>[] } | undefined): T[] =>
  data?.pages.flatMap((page) => page.items) ?? [];

export const ticketsQuery = (query: Query) =>
  pages<TicketRow>(['tickets', query], '/tickets', query);

export const ticketQuery = (number: number) =>
  queryOptions({
    queryKey: ['ticket', number],
    queryFn: ({ signal }) => api.get<Ticket>(`/tickets/${number}`, {}, signal),
    staleTime: 10_000,
  });

export const readingQuery = (number: number) =>
  queryOptions({
    queryKey: ['reading', number],
    queryFn: ({ signal }) => api.get<Reading>(`/tickets/${number}/reading`, {}, signal),
    staleTime: 30_000,
  });

export const historyQuery = (number: number) =>
  queryOptions({
    queryKey: ['history', number],
    queryFn: ({ signal }) => api.get<Page<HistoryItem>>(`/tickets/${number}/history`, {}, signal),
  });

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => api.get<Page<Category>>('/categories', {}, signal),
  staleTime: 30_000,
});

// Below the key of the categories, so that whatever changes them refreshes these.
export const roomQuery = queryOptions({
  queryKey: ['categories', 'room'],
  queryFn: ({ signal }) => api.get<Room>('/control-room', {}, signal),
  staleTime: 30_000,
});

export const whatIfQuery = (id: string) =>
  queryOptions({
    queryKey: ['categories', 'what-if', id],
    queryFn: ({ signal }) => api.get<WhatIf>(`/categories/${id}/what-if`, {}, signal),
    staleTime: 5 * minute,
  });

export const examplesQuery = (id: string, threshold: number) =>
  queryOptions({
    queryKey: ['categories', 'examples', id, threshold],
    queryFn: ({ signal }) => api.get<Examples>(`/categories/${id}/examples`, { threshold }, signal),
    staleTime: 5 * minute,
    placeholderData: keepPreviousData,
  });

export const stackQuery = (id: string) =>
  queryOptions({
    queryKey: ['categories', 'stack', id],
    queryFn: ({ signal }) => api.get<Stack>(`/categories/${id}/stack`, {}, signal),
    staleTime: minute,
  });

/** Pages of a replay; every page holds the totals of all. */
export const replayQuery = (id: string, query: Query) =>
  infiniteQueryOptions({
    queryKey: ['categories', 'replay', id, query],
    queryFn: ({ pageParam, signal }) =>
      api.get<Replay>(
        `/categories/${id}/replay`,
        { ...query, limit: 25, cursor: pageParam },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: minute,
  });

export const standingQuery = (id: string) =>
  queryOptions({
    queryKey: ['answer', id, 'standing'],
    queryFn: ({ signal }) => api.get<AnswerStanding>(`/answers/${id}/standing`, {}, signal),
  });

/** Under the answers' key: what changes answers changes what is suggested. */
export const suggestionsQuery = queryOptions({
  queryKey: ['answers', 'suggestions'],
  queryFn: ({ signal }) => api.get<AnswerSuggestions>('/answers/suggestions', {}, signal),
  staleTime: 5 * minute,
});

export const labelledQuery = (query: Query) =>
  pages<LabelledTicket>(['learning', 'tickets', query], '/learning/tickets', query);

export const labelCountsQuery = (days: number) =>
  queryOptions({
    queryKey: ['learning', 'labels', days],
    queryFn: ({ signal }) => api.get<LabelCounts>('/learning/labels', { days }, signal),
    placeholderData: keepPreviousData,
  });

export const mendsQuery = queryOptions({
  queryKey: ['learning', 'mends'],
  queryFn: ({ signal }) => api.get<Page<Mend>>('/learning/mends', {}, signal),
});

export const answersQuery = (query: Query) => pages<Answer>(['answers', query], '/answers', query);

export const answerQuery = (id: string) =>
  queryOptions({
    queryKey: ['answer', id],
    queryFn: ({ signal }) => api.get<Answer>(`/answers/${id}`, {}, signal),
  });

export const reviewsQuery = queryOptions({
  queryKey: ['reviews', 'queue'],
  queryFn: ({ signal }) => api.get<Page<ReviewTask>>('/reviews', {}, signal),
});

export const reviewProgressQuery = queryOptions({
  queryKey: ['reviews', 'progress'],
  queryFn: ({ signal }) => api.get<ReviewProgress>('/reviews/progress', {}, signal),
});

export const guardrailQuery = (id: string) =>
  queryOptions({
    queryKey: ['guardrail', id],
    queryFn: ({ signal }) => api.get<Guardrail>(`/categories/${id}/guardrail`, {}, signal),
  });

export const wrongAnswersQuery = (id: string) =>
  queryOptions({
    queryKey: ['guardrail', id, 'wrong'],
    queryFn: ({ signal }) =>
      api.get<Page<WrongAnswer>>(`/categories/${id}/guardrail/wrong`, {}, signal),
  });

export const policyVersionsQuery = (id: string) =>
  pages<PolicyVersion>(['categories', id, 'versions'], `/categories/${id}/policy/versions`, {}, 10);

/** What the last switch withdrew, as long as this console is open. */
export const recallQuery = (id: string) =>
  queryOptions({
    queryKey: ['recall', id],
    queryFn: (): Recall | null => null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

export const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => api.get<Page<Rule>>('/rules', {}, signal),
});

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => api.get<Models>('/models', {}, signal),
});

export const driftQuery = queryOptions({
  queryKey: ['drift'],
  queryFn: ({ signal }) => api.get<Page<Drift>>('/drift', {}, signal),
});

export const experimentsQuery = queryOptions({
  queryKey: ['experiments'],
  queryFn: ({ signal }) => api.get<Page<Experiment>>('/experiments', {}, signal),
});

export const experimentQuery = (id: string) =>
  queryOptions({
    queryKey: ['experiments', id],
    queryFn: ({ signal }) => api.get<ExperimentDetail>(`/experiments/${id}`, {}, signal),
  });

export const metricsQuery = (query: Query) =>
  queryOptions({
    queryKey: ['metrics', query],
    queryFn: ({ signal }) => api.get<Metrics>('/metrics', query, signal),
    placeholderData: keepPreviousData,
  });

export const reportMailQuery = queryOptions({
  queryKey: ['report-mail'],
  queryFn: ({ signal }) => api.get<ReportMail>('/metrics/mail', {}, signal),
});

export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: ({ signal }) => api.get<Settings>('/settings', {}, signal),
});

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => api.get<Page<User>>('/users', {}, signal),
  staleTime: minute,
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: ({ signal }) => api.get<Page<Invitation>>('/invitations', {}, signal),
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => api.get<Page<Token>>('/tokens', {}, signal),
});

export const mailboxQuery = (state: string) =>
  pages<Mail>(['mailbox', state], '/mailbox', { state });

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['mail', id],
    queryFn: ({ signal }) => api.get<MailDetail>(`/mailbox/${id}`, {}, signal),
  });

export const deadJobsQuery = queryOptions({
  queryKey: ['dead'],
  queryFn: ({ signal }) => api.get<Page<DeadJob>>('/jobs/dead', {}, signal),
});

export const auditQuery = pages<AuditItem>(['audit'], '/audit');
