// The one form of the pages outside the frame: fields, one button, the error in its place.
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem, type Problem } from '@/api/problem';
import { sessionQuery } from '@/api/queries';
import type { Session } from '@/api/types';
import { t } from '@/text/t';
import { useTitle } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './session.module.css';

type Field = 'name' | 'email' | 'password' | 'newPassword';

type Props = {
  title: string;
  help?: string;
  /** Small print below the button. */
  note?: string;
  fields: Field[];
  button: string;
  route: string;
  extra?: Record<string, string>;
  to?: string;
};

const labels = {
  name: t('first.name'),
  email: t('signin.email'),
  password: t('signin.password'),
  newPassword: t('signin.password'),
} as const;

export function SessionForm({ title, help, note, fields, button, route, extra, to }: Props) {
  useTitle(title);
  const client = useQueryClient();
  const router = useRouter();
  const [values, setValues] = useState<Partial<Record<Field, string>>>({});
  const [error, setError] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const { newPassword, ...rest } = values;
    try {
      const session = await api.post<Session>(route, {
        ...rest,
        ...(newPassword === undefined ? {} : { password: newPassword }),
        ...extra,
      });
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      // Addresses within the router do not begin with the console's own place.
      router.history.push(`${import.meta.env.BASE_URL}${(to ?? '/').slice(1)}`);
    } catch (problem) {
      if (isProblem(problem)) setError(problem);
      setBusy(false);
    }
  }

  const set = (field: Field) => (event: React.ChangeEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget;
    setValues((known) => ({ ...known, [field]: value }));
  };

  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit}>
        <div className={classes.mark} aria-hidden="true">
          <span />
        </div>
        <h1>{title}</h1>
        {help && <p className={classes.help}>{help}</p>}
        {fields.map((field, index) => {
          const secret = field === 'password' || field === 'newPassword';
          const shared = {
            label: labels[field],
            value: values[field] ?? '',
            onChange: set(field),
            required: true,
            withAsterisk: false,
            autoFocus: index === 0,
            size: 'md' as const,
            error: error?.field(secret ? 'password' : field),
          };
          return secret ? (
            <PasswordInput
              key={field}
              {...shared}
              visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
              autoComplete={field === 'newPassword' ? 'new-password' : 'current-password'}
              description={field === 'newPassword' ? t('password.rule') : undefined}
            />
          ) : (
            <TextInput
              key={field}
              {...shared}
              type={field === 'email' ? 'email' : 'text'}
              autoComplete={field === 'email' ? 'username' : 'name'}
            />
          );
        })}
        {error && error.errors.length === 0 && <ProblemNote error={error} />}
        <Button type="submit" size="md" fullWidth loading={busy}>
          {button}
        </Button>
        {note && <p className={classes.note}>{note}</p>}
      </form>
    </main>
  );
}
