// Where mail goes out and where replies come in, with a test to oneself.
import { Button, NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { Settings, Smtp } from '@/api/types';
import { t } from '@/text/t';
import { ProblemNote } from '@/ui/problem-note';
import { GroupForm } from './group-form';
import classes from './settings.module.css';
import { useSaveSettings } from './use-settings';

const start: Smtp = {
  host: '',
  port: 465,
  security: 'tls',
  username: null,
  password_set: false,
};
const usual = { tls: 465, starttls: 587, none: 25 } as const;

export function MailForm({ settings }: { settings: Settings }) {
  const what = t('settings.mail');
  const saving = useSaveSettings(what);
  const [address, setAddress] = useState(settings.reply_address ?? '');
  const [fromName, setFromName] = useState(settings.from_name ?? '');
  const [smtp, setSmtp] = useState<Smtp | null>(settings.smtp);
  const [password, setPassword] = useState('');
  const test = useMutation({
    mutationFn: () => api.post<{ state: 'sent' | 'mailbox'; to: string }>('/settings/test-mail'),
  });
  const { problem } = saving;

  function submit() {
    const { password_set: _set, ...server } = smtp ?? start;
    saving.save({
      reply_address: address.trim() || null,
      from_name: fromName.trim() || null,
      smtp: smtp ? { ...server, ...(password ? { password } : {}) } : null,
    });
  }

  return (
    <GroupForm
      what={what}
      {...saving}
      submit={submit}
      extra={
        <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
          {t('settings.test')}
        </Button>
      }
    >
      <TextInput
        label={t('settings.replyAddress')}
        description={t('settings.replyAddressHelp')}
        type="email"
        value={address}
        onChange={(event) => setAddress(event.currentTarget.value)}
        error={problem?.field('reply_address')}
      />
      <TextInput
        label={t('settings.fromName')}
        value={fromName}
        onChange={(event) => setFromName(event.currentTarget.value)}
        error={problem?.field('from_name')}
      />
      <Switch
        label={t('settings.smtp')}
        description={t('settings.smtpHelp')}
        checked={smtp !== null}
        onChange={(event) => setSmtp(event.currentTarget.checked ? start : null)}
      />
      {smtp && (
        <SmtpFields
          smtp={smtp}
          set={(part) => setSmtp({ ...smtp, ...part })}
          password={password}
          setPassword={setPassword}
          errorOf={(field) => problem?.field(`smtp.${field}`)}
        />
      )}
      <div aria-live="polite">
        {test.data && <p>{t(`settings.test.${test.data.state}`, { to: test.data.to })}</p>}
        {test.isError && <ProblemNote error={test.error} />}
      </div>
    </GroupForm>
  );
}

type SmtpProps = {
  smtp: Smtp;
  set: (part: Partial<Smtp>) => void;
  password: string;
  setPassword: (password: string) => void;
  errorOf: (field: string) => string | undefined;
};

function SmtpFields({ smtp, set, password, setPassword, errorOf }: SmtpProps) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label={t('settings.host')}
          required
          withAsterisk={false}
          value={smtp.host}
          onChange={(event) => set({ host: event.currentTarget.value })}
          error={errorOf('host')}
        />
        <NumberInput
          label={t('settings.port')}
          min={1}
          max={65535}
          hideControls
          value={smtp.port}
          onChange={(port) => typeof port === 'number' && set({ port })}
          error={errorOf('port')}
        />
      </div>
      <Select
        label={t('settings.security')}
        allowDeselect={false}
        data={(['tls', 'starttls', 'none'] as const).map((one) => ({
          value: one,
          label: t(`settings.security.${one}`),
        }))}
        value={smtp.security}
        onChange={(chosen) => {
          const security = chosen as Smtp['security'];
          set({ security, port: usual[security] });
        }}
      />
      <TextInput
        label={t('settings.username')}
        autoComplete="off"
        value={smtp.username ?? ''}
        onChange={(event) => set({ username: event.currentTarget.value || null })}
        error={errorOf('username')}
      />
      <PasswordInput
        label={t('settings.password')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        placeholder={smtp.password_set ? t('settings.passwordSet') : undefined}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={errorOf('password')}
      />
    </>
  );
}
