// The first hour: what is done, what comes next, each step's form in its place.
import { Button, Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { settingsQuery, usersQuery } from '@/api/queries';
import type { Settings } from '@/api/types';
import { ImportForm } from '@/features/answers/import-answers';
import { InviteForm } from '@/features/people/invite-form';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { CompanyForm } from './company-form';
import { SwitchForm } from './journey-form';
import { MailForm } from './mail-form';
import classes from './settings.module.css';

type Step = {
  name: 'company' | 'people' | 'answers' | 'mail' | 'switch' | 'model';
  done: boolean;
  form: React.ReactNode;
};

export function SetupPage() {
  const query = useQuery(settingsQuery);
  const users = useQuery(usersQuery);
  return (
    <Page title={t('setup.title')} lead={t('setup.lead')}>
      {query.isPending && <Bones rows={6} height={58} gap={8} />}
      {query.isError && !query.data && (
        <ProblemNote error={query.error} retry={() => query.refetch()} />
      )}
      {query.data && users.data && <Steps settings={query.data} team={users.data.items.length} />}
    </Page>
  );
}

function useSteps(settings: Settings, team: number): Step[] {
  const { setup } = useSession();
  return [
    { name: 'company', done: setup.public_url_set, form: <CompanyForm settings={settings} /> },
    { name: 'people', done: team > 1, form: <InviteForm /> },
    { name: 'answers', done: setup.has_answers, form: <ImportForm /> },
    {
      name: 'mail',
      done: setup.mail_ready && settings.reply_address !== null,
      form: <MailForm settings={settings} />,
    },
    { name: 'model', done: setup.has_model, form: <FirstModel /> },
    { name: 'switch', done: setup.has_model, form: <SwitchForm settings={settings} /> },
  ];
}

function Steps({ settings, team }: { settings: Settings; team: number }) {
  const steps = useSteps(settings, team);
  const done = steps.filter((step) => step.done).length;
  const [opened, setOpened] = useState(() => steps.find((step) => !step.done)?.name ?? null);
  return (
    <>
      <div className={classes.progress}>
        <p>{t('setup.progress', { done, n: steps.length })}</p>
        <Progress
          size="sm"
          value={(done / steps.length) * 100}
          aria-label={t('setup.progress', { done, n: steps.length })}
        />
      </div>
      <ol className={classes.steps}>
        {steps.map((step, index) => {
          const open = opened === step.name;
          return (
            <li key={step.name} className={classes.step}>
              <button
                type="button"
                aria-expanded={open}
                onClick={() => setOpened(open ? null : step.name)}
              >
                <span className={classes.mark} data-done={step.done}>
                  {step.done ? <Icon name="check" size={13} /> : index + 1}
                </span>
                <div>
                  <strong>{t(`setup.${step.name}`)}</strong>
                  <span>{t(`setup.${step.name}Help`)}</span>
                </div>
                <span>{t(step.done ? 'setup.done' : 'setup.todo')}</span>
                <Icon name={open ? 'down' : 'next'} size={14} />
              </button>
              {open && <div className={classes.inside}>{step.form}</div>}
            </li>
          );
        })}
      </ol>
    </>
  );
}

function FirstModel() {
  return (
    <div>
      <p>{t('setup.importHint')}</p>
      <code className={classes.command}>deskwise import tickets.csv</code>
      <Button component={Link} to="/models" variant="default">
        {t('setup.toModels')}
      </Button>
    </div>
  );
}
