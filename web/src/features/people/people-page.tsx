// Who may sign in, and who is invited.
import { Autocomplete, Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { invitationsQuery, usersQuery } from '@/api/queries';
import type { Invitation, Role, User } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Page, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import { InviteForm } from './invite-form';
import classes from './people.module.css';
import { roleChoices } from './role-form';

export function PeoplePage() {
  const users = useQuery(usersQuery);
  const invitations = useQuery(invitationsQuery);
  const invited = invitations.data?.items ?? [];
  const teams = [...new Set(users.data?.items.flatMap(({ team }) => team ?? []))].sort();
  return (
    <Page title={t('people.title')} lead={t('people.lead')}>
      {users.isPending && <Bones rows={4} height={51} />}
      {users.isError && <ProblemNote error={users.error} retry={() => users.refetch()} />}
      <ul className={classes.list}>
        {users.data?.items.map((user) => (
          <Person key={user.id} user={user} teams={teams} />
        ))}
      </ul>
      <Section title={t('people.invite')}>
        <InviteForm />
      </Section>
      {invited.length > 0 && (
        <Section title={t('people.invitations')}>
          <ul className={classes.list}>
            {invited.map((one) => (
              <Invited key={one.id} invitation={one} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

type Change = { role?: Role; active?: boolean; team?: string | null };

function Person({ user, teams }: { user: User; teams: string[] }) {
  const session = useSession();
  const client = useQueryClient();
  const self = session.user.id === user.id;
  const change = useMutation({
    mutationFn: (part: Change) => api.patch<User>(`/users/${user.id}`, part),
    onError: reportError,
    onSettled: () => client.invalidateQueries({ queryKey: ['users'] }),
  });
  const setActive = (active: boolean) =>
    change.mutate(
      { active },
      {
        onSuccess: () =>
          toast({
            text: t(active ? 'people.activated' : 'people.deactivated', { name: user.name }),
            stay: 10_000,
            action: active ? undefined : { label: t('action.undo'), run: () => setActive(true) },
          }),
      },
    );
  return (
    <li className={classes.person} data-active={user.active}>
      <div className={classes.who}>
        <strong>
          {user.name}
          {self && <span className={classes.muted}> ({t('people.you')})</span>}
        </strong>
        <p>
          {user.email} ·{' '}
          {user.last_seen_at === null
            ? t('people.neverSeen')
            : t('people.seen', { when: messageTime(user.last_seen_at) })}
        </p>
      </div>
      <Team
        key={user.team}
        user={user}
        teams={teams}
        save={(team) => change.mutateAsync({ team })}
      />
      <Select
        aria-label={`${t('people.role')}: ${user.name}`}
        size="xs"
        w={110}
        allowDeselect={false}
        disabled={self || !user.active}
        data={roleChoices}
        value={user.role}
        onChange={(role) => role && change.mutate({ role: role as Role })}
      />
      <Button
        variant="subtle"
        color="gray"
        className={classes.deed}
        data-self={self}
        onClick={() => setActive(!user.active)}
      >
        {t(user.active ? 'people.deactivate' : 'people.activate')}
      </Button>
    </li>
  );
}

type TeamProps = { user: User; teams: string[]; save: (team: string | null) => Promise<User> };

/** Reports are broken down by it. Saved on leaving the field; what is refused goes back. */
function Team({ user, teams, save }: TeamProps) {
  const kept = user.team ?? '';
  const [team, setTeam] = useState(kept);
  const leave = () => {
    const name = team.trim();
    if (name !== kept) save(name || null).catch(() => setTeam(kept));
  };
  return (
    <Autocomplete
      aria-label={`${t('people.team')}: ${user.name}`}
      placeholder={t('people.noTeam')}
      size="xs"
      className={classes.team}
      maxLength={80}
      disabled={!user.active}
      data={teams}
      value={team}
      onChange={setTeam}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}

function Invited({ invitation }: { invitation: Invitation }) {
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.delete(`/invitations/${invitation.id}`),
    onSuccess: () => toast({ text: t('people.withdrawn') }),
    onError: reportError,
    onSettled: () => client.invalidateQueries({ queryKey: ['invitations'] }),
  });
  return (
    <li className={classes.person} data-active="true">
      <div className={classes.who}>
        <strong>{invitation.email}</strong>
        <p>
          {t(`role.${invitation.role}`)} ·{' '}
          {t('people.expires', { when: messageTime(invitation.expires_at) })}
        </p>
      </div>
      <Button
        variant="subtle"
        color="gray"
        loading={withdraw.isPending}
        onClick={() => withdraw.mutate()}
      >
        {t('people.withdraw')}
      </Button>
    </li>
  );
}
