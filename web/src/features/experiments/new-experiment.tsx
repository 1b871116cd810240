// Making an experiment: what is compared, both sides, who takes part, and until when.
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '@/api/client';
import { isProblem } from '@/api/problem';
import { categoriesQuery } from '@/api/queries';
import type {
  ExperimentDetail,
  ExperimentKind,
  ExperimentSubject,
  NewExperiment as Made,
} from '@/api/types';
import { choices } from '@/features/automation/tree';
import { t } from '@/text/t';
import { BackLink } from '@/ui/back-link';
import { FieldRow } from '@/ui/field-row';
import { Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { ShareInput } from '@/ui/share-input';
import { toast } from '@/ui/toasts';
import classes from './experiments.module.css';
import { Sides } from './sides';

const kinds: ExperimentKind[] = ['policy', 'model', 'wording', 'order'];
const weeks = ['4', '8', '12', '26'];
const week = 7 * 24 * 3_600_000;

export function NewExperiment() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [kind, setKind] = useState<ExperimentKind>('policy');
  const [name, setName] = useState('');
  const [category, setCategory] = useState<string | null>(null);
  const [subject, setSubject] = useState<ExperimentSubject | null>(null);
  const [share, setShare] = useState(1);
  const [ends, setEnds] = useState('');
  const [reason, setReason] = useState('');
  const { data: categories } = useQuery(categoriesQuery);
  const make = useMutation({
    mutationFn: (made: Made) => api.post<ExperimentDetail>('/experiments', made),
    onSuccess: ({ id }) => {
      toast({ text: t('experiment.made') });
      client.invalidateQueries({ queryKey: ['experiments'] });
      navigate({ to: '/experiments/$id', params: { id } });
    },
  });
  const problem = isProblem(make.error) ? make.error : null;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!subject) return;
    make.mutate({
      name,
      subject,
      share,
      category: kind === 'wording' ? null : category,
      ends_at: ends ? Date.now() + Number(ends) * week : null,
      reason: reason || null,
    });
  };
  return (
    <Page
      title={t('experiments.new')}
      back={<BackLink to="/experiments">{t('experiments.title')}</BackLink>}
    >
      <form className={classes.form} onSubmit={submit}>
        <SegmentedControl
          aria-label={t('experiment.compare')}
          data={kinds.map((value) => ({ value, label: t(`experiment.kind.${value}`) }))}
          value={kind}
          onChange={(chosen) => {
            setKind(chosen as ExperimentKind);
            setSubject(null);
          }}
        />
        <p className={classes.help}>{t(`experiment.${kind}Help`)}</p>
        <TextInput
          label={t('experiment.name')}
          placeholder={t('experiment.nameHint')}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={problem?.field('name')}
        />
        {kind !== 'wording' && (
          <Select
            label={t('experiment.category')}
            placeholder={t(kind === 'policy' ? 'experiment.pickCategory' : 'experiment.everywhere')}
            searchable
            clearable={kind !== 'policy'}
            required={kind === 'policy'}
            withAsterisk={false}
            data={choices(categories?.items ?? [])}
            value={category}
            onChange={(chosen) => {
              setCategory(chosen);
              if (kind === 'policy') setSubject(null);
            }}
            error={problem?.field('category')}
          />
        )}
        <Sides
          key={`${kind} ${kind === 'policy' ? category : ''}`}
          kind={kind}
          category={category}
          set={setSubject}
        />
        <FieldRow label={t('experiment.share')} help={t('experiment.shareHelp')}>
          <ShareInput
            label={t('experiment.share')}
            value={share}
            onChange={setShare}
            min={0.01}
            error={problem?.field('share')}
          />
        </FieldRow>
        <Select
          label={t('experiment.ends')}
          allowDeselect={false}
          data={[
            { value: '', label: t('experiment.never') },
            ...weeks.map((n) => ({ value: n, label: t('experiment.weeks', { n }) })),
          ]}
          value={ends}
          onChange={(chosen) => setEnds(chosen ?? '')}
          error={problem?.field('ends_at')}
        />
        <TextInput
          label={t('experiment.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problem?.field('reason')}
        />
        {problem && <ProblemNote error={problem} />}
        <div>
          <Button type="submit" disabled={!subject} loading={make.isPending}>
            {t('experiment.make')}
          </Button>
        </div>
      </form>
    </Page>
  );
}
