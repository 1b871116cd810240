// Every version of a category's policy: who changed what, when and why, and one click back.
import { Button, Modal, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { policyVersionsQuery, rows } from '@/api/queries';
import type { Category, Difference, PolicyVersion, Switched } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { fullTime, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { MoreRows } from '@/ui/more-rows';
import { Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './history.module.css';
import { tellSwitched } from './recall';

export function HistoryPart({ category }: { category: Category }) {
  const list = useInfiniteQuery(policyVersionsQuery(category.id));
  const session = useSession();
  const [chosen, choose] = useState<PolicyVersion | null>(null);
  const versions = rows(list.data);
  return (
    <Section title={t('versions.title')} lead={t('versions.lead')}>
      {list.isPending && <Bones rows={3} height={52} gap={8} />}
      {list.isError && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {list.isSuccess && versions.length === 0 && (
        <p className={classes.muted}>
          {t('versions.none')}. {t('versions.noneHelp')}
        </p>
      )}
      <ol className={classes.versions}>
        {versions.map((version) => (
          <li key={version.version}>
            <Version version={version} />
            {session.may_switch && !version.current && (
              <Button
                variant="subtle"
                size="compact-sm"
                aria-label={t('versions.returnTo', {
                  version: version.version,
                  name: category.name,
                })}
                onClick={() => choose(version)}
              >
                {t('versions.return')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <MoreRows list={list} />
      <Modal
        opened={chosen !== null}
        onClose={() => choose(null)}
        title={chosen && t('versions.returnTo', { version: chosen.version, name: category.name })}
      >
        {chosen && <Return category={category} to={chosen} close={() => choose(null)} />}
      </Modal>
    </Section>
  );
}

function Version({ version }: { version: PolicyVersion }) {
  return (
    <div>
      <p className={classes.head}>
        {version.changed_at === null ? (
          <span>{t('versions.first')}</span>
        ) : (
          <>
            <span>{t('versions.by', { version: version.version, who: version.changed_by })}</span>{' '}
            <time title={fullTime(version.changed_at)}>{messageTime(version.changed_at)}</time>
          </>
        )}
        {version.current && <span className={classes.current}>{t('versions.current')}</span>}
      </p>
      {version.reason && <p className={classes.reason}>“{version.reason}”</p>}
      {version.changed_at !== null && <Changes version={version} />}
    </div>
  );
}

function Changes({ version: { changes, mode } }: { version: PolicyVersion }) {
  if (!changes) {
    return (
      <p className={classes.muted}>
        {t('versions.known')}: {t(`mode.${mode}`)}
      </p>
    );
  }
  if (changes.length === 0) return <p className={classes.muted}>{t('versions.same')}</p>;
  return <Differences items={changes} />;
}

function Differences({ items }: { items: Difference[] }) {
  return (
    <ul className={classes.changes}>
      {items.map((one) => (
        <li key={one.field}>{one.text}</li>
      ))}
    </ul>
  );
}

/** States what changes, before it does. */
function Return({
  category,
  to,
  close,
}: {
  category: Category;
  to: PolicyVersion;
  close: () => void;
}) {
  const [reason, setReason] = useState('');
  const client = useQueryClient();
  const restore = useMutation({
    mutationFn: () =>
      api.post<Switched>(`/categories/${category.id}/policy/versions/${to.version}/restore`, {
        reason: reason || null,
      }),
    onSuccess: (done) => {
      const text = t('versions.returned', { name: category.name, version: to.version });
      tellSwitched(client, category.id, text, done.recall);
      client.invalidateQueries({ queryKey: ['metrics'] });
      close();
      return client.invalidateQueries({ queryKey: ['categories'] });
    },
  });
  const mode = to.back.find((one) => one.field === 'mode');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        restore.mutate();
      }}
    >
      {to.back.length === 0 ? (
        <p>{t('versions.nothing')}</p>
      ) : (
        <>
          <p>{t('versions.changes')}</p>
          <Differences items={to.back} />
        </>
      )}
      {mode?.to === 'auto' && <p className={classes.hint}>{t('versions.toAuto')}</p>}
      {mode?.from === 'auto' && <p className={classes.hint}>{t('versions.fromAuto')}</p>}
      {isProblem(restore.error) && <ProblemNote error={restore.error} />}
      <div className={classes.deed}>
        <TextInput
          aria-label={t('versions.reason')}
          placeholder={t('policy.reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={restore.isPending} data-autofocus>
            {t('versions.returnTo', { version: to.version, name: category.name })}
          </Button>
        </div>
      </div>
    </form>
  );
}
