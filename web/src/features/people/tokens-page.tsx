// Tokens for programs.
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { tokensQuery } from '@/api/queries';
import type { Role, Token } from '@/api/types';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Empty, Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { Secret } from '@/ui/secret';
import { toast } from '@/ui/toasts';
import { roleChoices } from './invite-form';
import classes from './people.module.css';

export function TokensPage() {
  const query = useQuery(tokensQuery);
  return (
    <Page title={t('tokens.title')} lead={t('tokens.lead')}>
      <Section>
        <Create />
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

function Create() {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const create = useMutation({
    mutationFn: () => api.post<Token>('/tokens', { name, role }),
    onSuccess: () => {
      setName('');
      client.invalidateQueries({ queryKey: ['tokens'] });
    },
  });
  const problem = isProblem(create.error) ? create.error : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <div className={classes.invite}>
        <TextInput
          label={t('tokens.name')}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problem?.field('name')}
        />
        <Select
          label={t('people.role')}
          allowDeselect={false}
          data={roleChoices}
          value={role}
          onChange={(chosen) => chosen && setRole(chosen as Role)}
        />
        <Button type="submit" size="sm" loading={create.isPending}>
          {t('tokens.create')}
        </Button>
      </div>
      {problem && problem.errors.length === 0 && <ProblemNote error={problem} />}
      {create.data?.token && <Secret value={create.data.token} help={t('tokens.created')} />}
    </form>
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
