// One line that names something and gives it a role: who is invited, which program gets a token.
import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isProblem } from '@/api/problem';
import type { Role } from '@/api/types';
import { t } from '@/text/t';
import { ProblemNote } from '@/ui/problem-note';
import classes from './people.module.css';

const roles: Role[] = ['agent', 'admin', 'viewer'];

export const roleChoices = roles.map((role) => ({ value: role, label: t(`role.${role}`) }));

type Props<Made> = {
  /** The field's name in the API. */
  field: 'email' | 'name';
  label: string;
  button: string;
  create: (name: string, role: Role) => Promise<Made>;
  /** The query that lists what is made here. */
  list: string;
  /** Shown once, beside the form. */
  made: (made: Made) => React.ReactNode;
};

export function RoleForm<Made>({ field, label, button, create, list, made }: Props<Made>) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('agent');
  const making = useMutation({
    mutationFn: () => create(name, role),
    onSuccess: () => {
      setName('');
      client.invalidateQueries({ queryKey: [list] });
    },
  });
  const problem = isProblem(making.error) ? making.error : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
    >
      <div className={classes.invite}>
        <TextInput
          label={label}
          type={field === 'email' ? 'email' : 'text'}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problem?.field(field)}
        />
        <Select
          label={t('people.role')}
          allowDeselect={false}
          data={roleChoices}
          value={role}
          onChange={(chosen) => chosen && setRole(chosen as Role)}
        />
        <Button type="submit" size="sm" loading={making.isPending}>
          {button}
        </Button>
      </div>
      <p className={classes.muted}>{t(`role.${role}.what`)}</p>
      {problem && problem.errors.length === 0 && <ProblemNote error={problem} />}
      {making.data && made(making.data)}
    </form>
  );
}
