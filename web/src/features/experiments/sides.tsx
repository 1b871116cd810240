// The two sides of an experiment, by kind. Tells its form what they are once both are chosen.
import { Select, Textarea } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerQuery, answersQuery, modelsQuery, policyVersionsQuery, rows } from '@/api/queries';
import type { Answer, ExperimentKind, ExperimentSubject, Order } from '@/api/types';
import { t } from '@/text/t';
import { dayOf, languageName } from '@/text/time';
import classes from './experiments.module.css';
import { sideName } from './words';

type Set = (subject: ExperimentSubject | null) => void;
type Choice = { value: string; label: string };

export function Sides({
  kind,
  ...rest
}: {
  kind: ExperimentKind;
  category: string | null;
  set: Set;
}) {
  switch (kind) {
    case 'policy':
      return rest.category ? <Policies set={rest.set} category={rest.category} /> : null;
    case 'model':
      return <Models set={rest.set} />;
    case 'wording':
      return <Wording set={rest.set} />;
    case 'order':
      return <Orders set={rest.set} />;
  }
}

function Policies({ category, set }: { category: string; set: Set }) {
  const versions = useInfiniteQuery(policyVersionsQuery(category));
  const data = rows(versions.data).map(({ version, mode, current, reason }) => ({
    value: String(version),
    label: [t('experiment.policySide', { version: String(version) }), t(`mode.${mode}`), reason]
      .concat(current ? t('versions.current') : null)
      .filter(Boolean)
      .join(', '),
  }));
  return <Pair data={data} set={(a, b) => set({ kind: 'policy', a: Number(a), b: Number(b) })} />;
}

function Models({ set }: { set: Set }) {
  const { data: models } = useQuery(modelsQuery);
  const data = (models?.items ?? []).map(({ version, created_at }) => ({
    value: String(version),
    label: `${t('experiment.modelSide', { version: String(version) })}, ${dayOf(created_at)}`,
  }));
  return <Pair data={data} set={(a, b) => set({ kind: 'model', a: Number(a), b: Number(b) })} />;
}

function Orders({ set }: { set: Set }) {
  const orders: Order[] = ['rules_first', 'learner_first'];
  const data = orders.map((value) => ({ value, label: t(`experiment.${value}`) }));
  return <Pair data={data} set={(a, b) => set({ kind: 'order', a: a as Order, b: b as Order })} />;
}

function Pair({ data, set }: { data: Choice[]; set: (a: string, b: string) => void }) {
  const [sides, setSides] = useState<{ a: string | null; b: string | null }>({ a: null, b: null });
  const choose = (side: 'a' | 'b', chosen: string | null) => {
    const next = { ...sides, [side]: chosen };
    setSides(next);
    if (next.a && next.b) set(next.a, next.b);
  };
  return (
    <div>
      <div className={classes.pair}>
        {(['a', 'b'] as const).map((side) => (
          <Select
            key={side}
            label={t('experiment.side', { side: sideName(side) })}
            data={data}
            required
            withAsterisk={false}
            value={sides[side]}
            onChange={(chosen) => choose(side, chosen)}
          />
        ))}
      </div>
      <p className={classes.help}>{t('experiment.sidesHelp')}</p>
    </div>
  );
}

function Wording({ set }: { set: Set }) {
  const [q, setQ] = useState('');
  const [id, setId] = useState<string | null>(null);
  const answers = useInfiniteQuery(answersQuery({ q, archived: false }));
  const offered = rows(answers.data).filter((one) => one.sendable);
  return (
    <>
      <Select
        label={t('experiment.answer')}
        placeholder={t('experiment.pickAnswer')}
        searchable
        required
        withAsterisk={false}
        data={offered.map((one) => ({ value: one.id, label: one.title }))}
        value={id}
        onChange={(chosen) => {
          setId(chosen);
          set(null);
        }}
        searchValue={q}
        onSearchChange={setQ}
        filter={({ options }) => options}
      />
      {id && <Texts key={id} id={id} set={set} />}
    </>
  );
}

/** The present text of an answer in a language, or its main text for ''. */
const textOf = (answer: Answer, language: string) =>
  language === ''
    ? answer.body
    : (answer.variants.find((one) => one.language === language)?.body ?? '');

function Texts({ id, set }: { id: string; set: Set }) {
  const { data: answer } = useQuery(answerQuery(id));
  const [language, setLanguage] = useState('');
  const [written, setWritten] = useState<string | null>(null);
  if (!answer) return null;
  const present = textOf(answer, language);
  const choose = (which: string, b: string) => {
    const chosen = { kind: 'wording', answer: id, language: which || null, a: '', b } as const;
    set(b.trim() ? chosen : null);
  };
  return (
    <>
      {answer.variants.length > 0 && (
        <Select
          label={t('experiment.text')}
          allowDeselect={false}
          data={[
            ...(answer.body ? [{ value: '', label: t('experiment.mainText') }] : []),
            ...answer.variants.map((one) => ({
              value: one.language,
              label: languageName(one.language),
            })),
          ]}
          value={language}
          onChange={(chosen) => {
            setLanguage(chosen ?? '');
            setWritten(null);
            set(null);
          }}
        />
      )}
      <div className={classes.pair}>
        <Textarea
          label={`${t('experiment.side', { side: sideName('a') })}: ${t('experiment.presentText')}`}
          value={present}
          readOnly
          autosize
          minRows={6}
        />
        <Textarea
          label={`${t('experiment.side', { side: sideName('b') })}: ${t('experiment.newText')}`}
          value={written ?? present}
          autosize
          minRows={6}
          onChange={(event) => {
            setWritten(event.currentTarget.value);
            choose(language, event.currentTarget.value);
          }}
        />
      </div>
    </>
  );
}
