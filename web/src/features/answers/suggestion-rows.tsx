// Suggestions about answers that there are: two that may be one, one that nobody needs; and the way to put any aside.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import type { AnswerRef, AnswerSuggestions } from '@/api/types';
import { mayWrite, useSession } from '@/features/session/use-session';
import { count, percent } from '@/text/number';
import { t } from '@/text/t';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import classes from './suggestions.module.css';

const To = ({ answer }: { answer: AnswerRef }) => (
  <Link to="/answers/$id" params={{ id: answer.id }}>
    {answer.title}
  </Link>
);

/** Does something that can be taken back for ten seconds. `did` says that it was done. */
function useDeed(did: string, act: (on: boolean) => Promise<unknown>) {
  const client = useQueryClient();
  const deed = useMutation({
    mutationFn: act,
    onError: reportError,
    onSuccess: (_answer, on) => {
      client.invalidateQueries({ queryKey: ['answers'] });
      if (!on) return;
      toast({
        text: did,
        stay: 10_000,
        action: { label: t('action.undo'), run: () => deed.mutate(false) },
      });
    },
  });
  return deed;
}

export function NotNow({ id, title }: { id: string; title: string }) {
  const route = `/answers/suggestions/${id}/dismissal`;
  const aside = useDeed(t('suggestions.aside', { title }), (on) =>
    on ? api.put(route, {}) : api.delete(route),
  );
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      aria-label={`${t('suggestions.notNow')}: ${title}`}
      loading={aside.isPending}
      onClick={() => aside.mutate(true)}
    >
      {t('suggestions.notNow')}
    </Button>
  );
}

export function Pair({ pair }: { pair: AnswerSuggestions['merge'][number] }) {
  const { id, one, other, differ, confused } = pair;
  const writes = mayWrite(useSession());
  const title = `${one.title}, ${other.title}`;
  const join = useDeed(t('suggestions.joined', { title }), (on) =>
    api.patch(`/answers/${other.id}`, { interchangeable: on ? one.id : null }),
  );
  const why = [
    differ !== null && t('suggestions.differ', { share: percent(differ) }),
    confused?.rate != null &&
      t('suggestions.confused', { share: percent(confused.rate), n: count(confused.of) }),
  ];
  return (
    <li className={classes.row}>
      <p>
        <To answer={one} /> {t('suggestions.and')} <To answer={other} />
        <br />
        <span className={classes.muted}>{why.filter(Boolean).join(' · ')}</span>
      </p>
      {writes && (
        <div className={classes.deeds}>
          <NotNow id={id} title={title} />
          <Button
            size="xs"
            variant="default"
            loading={join.isPending}
            onClick={() => join.mutate(true)}
          >
            {t('suggestions.join')}
          </Button>
        </div>
      )}
    </li>
  );
}

export function Retire({ one: { id, answer } }: { one: AnswerSuggestions['retire'][number] }) {
  const writes = mayWrite(useSession());
  const set = useDeed(t('suggestions.archived', { title: answer.title }), (archived) =>
    api.patch(`/answers/${answer.id}`, { archived }),
  );
  return (
    <li className={classes.row}>
      <p>
        <To answer={answer} />
      </p>
      {writes && (
        <div className={classes.deeds}>
          <NotNow id={id} title={answer.title} />
          <Button
            size="xs"
            variant="default"
            loading={set.isPending}
            onClick={() => set.mutate(true)}
          >
            {t('suggestions.archive')}
          </Button>
        </div>
      )}
    </li>
  );
}
