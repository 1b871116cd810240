// Writing an answer: title, category, and for each language the template beside its preview.
import { Button, Select, Switch, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '@/api/problem';
import { categoriesQuery } from '@/api/queries';
import type { Answer, AnswerChange } from '@/api/types';
import { choices } from '@/features/automation/tree';
import { t } from '@/text/t';
import { languageName } from '@/text/time';
import { ProblemNote } from '@/ui/problem-note';
import classes from './answers.module.css';
import { LanguageTabs, main } from './language-tabs';
import { usePreview } from './use-preview';

type Props = {
  answer?: Answer;
  /** What a new one begins with. */
  start?: { title: string; body: string };
  save: (change: AnswerChange) => void;
  saving: boolean;
  problem: Problem | null;
  readOnly?: boolean;
  actions?: React.ReactNode;
};

type Bodies = Record<string, string>;

const bodiesOf = (answer?: Answer): Bodies => ({
  [main]: answer?.body ?? '',
  ...Object.fromEntries((answer?.variants ?? []).map((one) => [one.language, one.body])),
});

export function AnswerForm({ answer, start, save, saving, problem, readOnly, actions }: Props) {
  const [title, setTitle] = useState(answer?.title ?? start?.title ?? '');
  const [category, setCategory] = useState<string | null>(answer?.category?.id ?? null);
  const [published, setPublished] = useState(answer?.published ?? false);
  const [bodies, setBodies] = useState(() =>
    answer ? bodiesOf(answer) : { [main]: start?.body ?? '' },
  );
  const [language, setLanguage] = useState<string>(main);
  const { data: categories } = useQuery(categoriesQuery);
  const body = bodies[language] ?? '';
  const preview = usePreview(body);

  function submit(event: React.FormEvent) {
    event.preventDefault();
    const { [main]: text = '', ...variants } = bodies;
    save({
      title,
      body: text.trim() === '' ? null : text,
      category,
      published,
      ...(answer
        ? {
            variants: Object.entries(variants).map(([code, variant]) => ({
              language: code,
              body: variant,
            })),
          }
        : {}),
    });
  }

  return (
    <form onSubmit={submit}>
      <fieldset disabled={readOnly} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
        <div className={classes.fields}>
          <TextInput
            label={t('answer.title')}
            description={t('answer.titleHelp')}
            required
            withAsterisk={false}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
            error={problem?.field('title')}
          />
          <Select
            label={t('answer.category')}
            placeholder={t('answer.noCategory')}
            searchable
            clearable
            data={choices(categories?.items ?? [])}
            value={category}
            onChange={setCategory}
          />
        </div>
        <LanguageTabs
          languages={Object.keys(bodies)}
          value={language}
          choose={setLanguage}
          add={
            answer && !readOnly
              ? (code) => {
                  setBodies((known) => ({ [code]: '', ...known }));
                  setLanguage(code);
                }
              : undefined
          }
          remove={(code) => {
            setBodies(({ [code]: _gone, ...rest }) => rest);
            setLanguage(main);
          }}
        />
        <div className={classes.editor}>
          <Textarea
            className={classes.template}
            label={language === main ? t('answer.body') : languageName(language)}
            description={t('answer.bodyHelp', { example: '{{ requester.name }}' })}
            autosize
            minRows={11}
            maxRows={26}
            spellCheck
            value={body}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setBodies((known) => ({ ...known, [language]: value }));
            }}
            error={preview.mistake ?? problem?.field('body')}
          />
          <section aria-label={t('answer.preview')}>
            <div className={classes.previewHead}>
              <h3>{t('answer.preview')}</h3>
              <span className={classes.muted}>{t('answer.previewHelp')}</span>
            </div>
            <div className={classes.preview} aria-live="polite" aria-busy={preview.fetching}>
              {preview.text || <span className={classes.muted}>{t('answer.previewEmpty')}</span>}
            </div>
          </section>
        </div>
        {problem && problem.errors.length === 0 && <ProblemNote error={problem} />}
        <div className={classes.foot}>
          {!readOnly && (
            <Button
              type="submit"
              size="sm"
              loading={saving}
              disabled={preview.mistake !== undefined}
            >
              {answer ? t('answer.save') : t('answer.create')}
            </Button>
          )}
          <Switch
            label={t('answer.published')}
            checked={published}
            onChange={(event) => setPublished(event.currentTarget.checked)}
          />
          {actions}
        </div>
        {answer && <p className={`${classes.muted} ${classes.foot}`}>{t('answer.textChanges')}</p>}
      </fieldset>
    </form>
  );
}
