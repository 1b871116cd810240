// What would have been right: an answer found by its words, or none. Arrows and Enter are
// enough.
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answersQuery, rows } from '@/api/queries';
import type { ReviewTask } from '@/api/types';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import classes from './reviews.module.css';
import type { Choice } from './step';

type Option = { key: string; choice: Choice; title: string; text: string };

const nothing: Option = {
  key: 'nothing',
  choice: null,
  title: t('reviews.nothing'),
  text: t('reviews.nothingHelp'),
};

export function Choose({ task, choose }: { task: ReviewTask; choose: (choice: Choice) => void }) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 150);
  const [index, setIndex] = useState(0);
  const list = useInfiniteQuery(answersQuery({ q, archived: false }));
  const found = rows(list.data).map(
    ({ id, title, body }): Option => ({ key: id, choice: { id, title }, title, text: plain(body) }),
  );
  const options = [...found, nothing];
  const current = Math.min(index, options.length - 1);
  const take = (option: Option | undefined) => option && choose(option.choice);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const at = moved(event.key, current, options.length);
    if (at === null && event.key !== 'Enter') return;
    event.preventDefault();
    if (at === null) take(options[current]);
    else setIndex(at);
  };
  return (
    <section className={classes.choose}>
      <h2>{task.disputed ? t('reviews.disputed') : t('reviews.choose')}</h2>
      {task.disputed && (
        <p className={classes.muted}>
          {t('reviews.theirs')}:{' '}
          {task.choices.map((one) => one?.title ?? t('reviews.nothing')).join(' · ')}
        </p>
      )}
      <TextInput
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="review-answers"
        aria-activedescendant={`review-${options[current]?.key}`}
        aria-label={t('reviews.find')}
        placeholder={t('reviews.find')}
        leftSection={<Icon name="search" size={14} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        id="review-answers"
        role="listbox"
        aria-label={t('reviews.answers')}
        className={classes.options}
      >
        {options.map((option, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search field moves through the list
          // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus
          <div
            key={option.key}
            id={`review-${option.key}`}
            role="option"
            aria-selected={at === current}
            data-nothing={option.choice === null}
            className={classes.option}
            ref={at === current ? intoView : undefined}
            onClick={() => take(option)}
          >
            <strong>{option.title}</strong>
            <span>{option.text}</span>
          </div>
        ))}
      </div>
      {!list.isFetching && found.length === 0 && (
        <p className={classes.muted}>{t('reviews.noMatch')}</p>
      )}
      <p className={classes.hint}>{t('reviews.keys')}</p>
    </section>
  );
}

/** A template's words, without what is filled in. */
const plain = (body: string | null) => (body ?? '').replace(/\{[{%][^}]*\}\}?/g, '…');

/** Where an arrow leads in a list of so many; null for any other key. */
function moved(key: string, at: number, length: number): number | null {
  if (key === 'ArrowDown') return Math.min(at + 1, length - 1);
  if (key === 'ArrowUp') return Math.max(at - 1, 0);
  return null;
}

const intoView = (element: HTMLElement | null) => element?.scrollIntoView?.({ block: 'nearest' });
