// Inviting someone: the link is shown at once, so that no mail server is needed.
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import type { Invitation, Role } from '@/api/types';
import { t } from '@/text/t';
import { ProblemNote } from '@/ui/problem-note';
import { Secret } from '@/ui/secret';
import classes from './people.module.css';

const roles: Role[] = ['agent', 'admin', 'viewer'];

export const roleChoices = roles.map((role) => ({ value: role, label: t(`role.${role}`) }));

export function InviteForm() {
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const invite = useMutation({
    mutationFn: () => api.post<Invitation>('/invitations', { email, role }),
    onSuccess: () => {
      setEmail('');
      client.invalidateQueries({ queryKey: ['invitations'] });
    },
  });
  const problem = isProblem(invite.error) ? invite.error : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        invite.mutate();
      }}
    >
      <div className={classes.invite}>
        <TextInput
          label={t('people.email')}
          type="email"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={problem?.field('email')}
        />
        <Select
          label={t('people.role')}
          allowDeselect={false}
          data={roleChoices}
          value={role}
          onChange={(chosen) => chosen && setRole(chosen as Role)}
        />
        <Button type="submit" size="sm" loading={invite.isPending}>
          {t('people.invite')}
        </Button>
      </div>
      <p className={classes.muted}>{t(`role.${role}.what`)}</p>
      {problem && problem.errors.length === 0 && <ProblemNote error={problem} />}
      {invite.data?.link && (
        <Secret
          value={invite.data.link}
          help={[
            t('people.linkFor', { email: invite.data.email }),
            invite.data.mailed && t('people.mailed', { email: invite.data.email }),
          ]
            .filter(Boolean)
            .join(' ')}
        />
      )}
    </form>
  );
}
