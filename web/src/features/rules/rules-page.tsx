// The rules in their order, with their conditions in words.
import { ActionIcon, Button, Modal, Switch, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { categoriesQuery, rulesQuery } from '@/api/queries';
import type { Category, Page as Items, Rule, RuleChange } from '@/api/types';
import { isAdmin, useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { languageName } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { reportRollback } from '@/ui/report';
import { RuleForm } from './rule-form';
import classes from './rules.module.css';

export function RulesPage() {
  const query = useQuery(rulesQuery);
  const { data: categories } = useQuery(categoriesQuery);
  const admin = isAdmin(useSession());
  const [editing, setEditing] = useState<Rule | 'new' | null>(null);
  const items = [...(query.data?.items ?? [])].sort((a, b) => a.position - b.position);
  const add = admin && <Button onClick={() => setEditing('new')}>{t('rules.add')}</Button>;
  return (
    <Page title={t('rules.title')} lead={t('rules.lead')} actions={add}>
      {query.isPending && <Bones rows={4} height={64} gap={8} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && items.length === 0 && (
        <Empty icon="rules" title={t('rules.none')} help={t('rules.noneHelp')}>
          {add}
        </Empty>
      )}
      <ol className={classes.list}>
        {items.map((rule, index) => (
          <Row
            key={rule.id}
            rule={rule}
            above={items[index - 1]}
            categories={categories?.items ?? []}
            edit={admin ? () => setEditing(rule) : undefined}
          />
        ))}
      </ol>
      <Modal
        opened={editing !== null}
        onClose={() => setEditing(null)}
        title={t(editing === 'new' ? 'rules.new' : 'rules.edit')}
        size={620}
      >
        {editing && (
          <RuleForm
            rule={editing === 'new' ? null : editing}
            position={items.length + 1}
            done={() => setEditing(null)}
          />
        )}
      </Modal>
    </Page>
  );
}

function words({ conditions }: Rule, categories: Category[]): string {
  const names = conditions.categories.map(
    (id) => categories.find((one) => one.id === id)?.name ?? id,
  );
  const parts = [
    names.join(' / '),
    conditions.words.map((word) => `“${word}”`).join(' / '),
    conditions.languages.map(languageName).join(' / '),
    conditions.requesters.join(' / '),
    conditions.hours ? `${conditions.hours.from}–${conditions.hours.to}` : '',
  ].filter(Boolean);
  return parts.join(' · ') || t('rules.any');
}

type RowProps = { rule: Rule; above?: Rule; categories: Category[]; edit?: () => void };

function Row({ rule, above, categories, edit }: RowProps) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (part: RuleChange) => api.patch<Rule>(`/rules/${rule.id}`, part),
    onMutate: (part) => {
      const before = client.getQueryData(rulesQuery.queryKey);
      client.setQueryData(rulesQuery.queryKey, (known: Items<Rule> | undefined) =>
        known && 'active' in part
          ? {
              ...known,
              items: known.items.map((one) =>
                one.id === rule.id ? { ...one, active: part.active ?? one.active } : one,
              ),
            }
          : known,
      );
      return { before };
    },
    onError: (error, _part, context) => {
      client.setQueryData(rulesQuery.queryKey, context?.before);
      reportRollback(error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['rules'] }),
  });
  return (
    <li className={classes.row} data-active={rule.active}>
      <div className={classes.text}>
        <strong>{rule.name}</strong>
        <p>{words(rule, categories)}</p>
        <p className={classes.answer}>
          <Icon name="reply" size={13} />
          {rule.answer.title}
        </p>
      </div>
      {edit && (
        <>
          {above && (
            <Tooltip label={t('rules.up', { name: rule.name })}>
              <ActionIcon
                aria-label={t('rules.up', { name: rule.name })}
                onClick={() => change.mutate({ position: above.position })}
              >
                <Icon name="down" style={{ transform: 'rotate(180deg)' }} />
              </ActionIcon>
            </Tooltip>
          )}
          <Button variant="default" onClick={edit}>
            {t('action.edit')}
          </Button>
        </>
      )}
      <Switch
        aria-label={`${t('rules.active')}: ${rule.name}`}
        checked={rule.active}
        disabled={!edit}
        onChange={(event) => change.mutate({ active: event.currentTarget.checked })}
      />
    </li>
  );
}
