// A rule: its conditions and the answer it gives.
import { Button, MultiSelect, Select, TagsInput, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { answersQuery, categoriesQuery, rows } from '@/api/queries';
import type { Rule, RuleChange } from '@/api/types';
import { choices } from '@/features/automation/tree';
import { t } from '@/text/t';
import { HoursInput } from '@/ui/hours-input';
import { ProblemNote } from '@/ui/problem-note';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import { DryRunPart } from './dry-run';
import classes from './rules.module.css';

const blank: Rule['conditions'] = {
  categories: [],
  words: [],
  languages: [],
  requesters: [],
  hours: null,
};

const tags = ['words', 'languages', 'requesters'] as const;

type Props = { rule: Rule | null; position: number; done: () => void };

export function RuleForm({ rule, position, done }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState(rule?.name ?? '');
  const [answer, setAnswer] = useState<string | null>(rule?.answer.id ?? null);
  const [conditions, setConditions] = useState(rule?.conditions ?? blank);
  const [q, setQ] = useState('');
  const { data: categories } = useQuery(categoriesQuery);
  const answers = useInfiniteQuery(answersQuery({ q, archived: false }));
  const set = (part: Partial<typeof conditions>) =>
    setConditions((known) => ({ ...known, ...part }));

  const offered = rows(answers.data).map((one) => ({ value: one.id, label: one.title }));
  if (rule && !offered.some((one) => one.value === rule.answer.id)) {
    offered.unshift({ value: rule.answer.id, label: rule.answer.title });
  }

  const settle = () => client.invalidateQueries({ queryKey: ['rules'] });
  const save = useMutation({
    mutationFn: (part: RuleChange) =>
      rule
        ? api.patch<Rule>(`/rules/${rule.id}`, part)
        : api.post<Rule>('/rules', { ...part, position, active: true }),
    onSuccess: () => {
      toast({ text: t('rules.saved') });
      settle();
      done();
    },
  });
  const remove = useMutation({
    mutationFn: (gone: Rule) => api.delete(`/rules/${gone.id}`),
    onError: reportError,
    onSuccess: (_none, gone) => {
      settle();
      done();
      const { id: _id, answer: given, ...rest } = gone;
      toast({
        text: t('rules.deleted', { name: gone.name }),
        stay: 10_000,
        action: {
          label: t('action.undo'),
          run: () => {
            api.post('/rules', { ...rest, answer: given.id }).then(settle, reportError);
          },
        },
      });
    },
  });
  const problem = isProblem(save.error) ? save.error : null;

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (answer) save.mutate({ name, answer, conditions });
      }}
    >
      <TextInput
        label={t('rules.name')}
        data-autofocus
        required
        withAsterisk={false}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={problem?.field('name')}
      />
      <Select
        label={t('rules.answer')}
        placeholder={t('rules.pickAnswer')}
        searchable
        required
        withAsterisk={false}
        data={offered}
        value={answer}
        onChange={setAnswer}
        searchValue={q}
        onSearchChange={setQ}
        filter={({ options }) => options}
        error={problem?.field('answer')}
      />
      <p>{t('rules.conditions')}</p>
      <MultiSelect
        label={t('rules.categories')}
        searchable
        data={choices(categories?.items ?? [])}
        value={conditions.categories}
        onChange={(chosen) => set({ categories: chosen })}
      />
      {tags.map((kind) => (
        <TagsInput
          key={kind}
          label={t(`rules.${kind}`)}
          value={conditions[kind]}
          onChange={(values) => set({ [kind]: values })}
          error={problem?.field(`conditions.${kind}`)}
        />
      ))}
      <h3>{t('policy.hours')}</h3>
      <HoursInput value={conditions.hours} onChange={(hours) => set({ hours })} />
      <DryRunPart rule={rule?.id} answer={answer} conditions={conditions} />
      {problem && <ProblemNote error={problem} />}
      <div className={classes.foot}>
        <Button type="submit" size="sm" loading={save.isPending}>
          {t('action.save')}
        </Button>
        {rule && (
          <Button
            variant="subtle"
            color="gray"
            loading={remove.isPending}
            onClick={() => remove.mutate(rule)}
          >
            {t('action.remove')}
          </Button>
        )}
      </div>
    </form>
  );
}
