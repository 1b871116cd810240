// Tokens for programs.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { tokensQuery } from '@/api/queries';
import type { NewToken, Token } from '@/api/types';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Empty, Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { Secret } from '@/ui/secret';
import { toast } from '@/ui/toasts';
import classes from './people.module.css';
import { RoleForm } from './role-form';

export function TokensPage() {
  const query = useQuery(tokensQuery);
  return (
    <Page title={t('tokens.title')} lead={t('tokens.lead')}>
      <Section>
        <RoleForm
          field="name"
          label={t('tokens.name')}
          button={t('tokens.create')}
          create={(name, role) => api.post<NewToken>('/tokens', { name, role })}
          list="tokens"
          made={({ token }) => <Secret value={token} help={t('tokens.created')} />}
        />
      </Section>
      {query.isPending && <Bones rows={3} height={51} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && query.data.items.length === 0 && (
        <Empty icon="key" title={t('tokens.none')} help={t('tokens.noneHelp')} />
      )}
      <ul className={classes.list}>
        {query.data?.items.map((token) => (
          <Row key={token.id} token={token} />
        ))}
      </ul>
    </Page>
  );
}

function Row({ token }: { token: Token }) {
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.delete(`/tokens/${token.id}`),
    onSuccess: () => toast({ text: t('tokens.revoked', { name: token.name }) }),
    onError: reportError,
    onSettled: () => client.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <li className={classes.person} data-active="true">
      <div className={classes.who}>
        <strong>{token.name}</strong>
        <p>
          {t(`role.${token.role}`)} ·{' '}
          {token.last_used_at
            ? t('people.seen', { when: messageTime(token.last_used_at) })
            : t('people.neverSeen')}
        </p>
      </div>
      <Button
        variant="subtle"
        color="gray"
        loading={revoke.isPending}
        onClick={() => revoke.mutate()}
      >
        {t('tokens.revoke')}
      </Button>
    </li>
  );
}
