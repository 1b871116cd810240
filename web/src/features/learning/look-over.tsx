// Labelled tickets found by words, by similarity or because sources disagree; those ticked are mended together.
import { Checkbox, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { labelledQuery, rows } from '@/api/queries';
import type { LabelledTicket } from '@/api/types';
import { isAdmin, useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { MoreRows } from '@/ui/more-rows';
import { Empty } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { AnswerSelect } from './answer-select';
import { LabelledRow } from './labelled-row';
import classes from './learning.module.css';
import { MendBar } from './mend-bar';
import { ticked } from './selection';

const modes = ['words', 'similar', 'conflicts'] as const;
type Mode = (typeof modes)[number];

export function LookOver() {
  const [mode, setMode] = useState<Mode>('words');
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), 250);
  const [answer, setAnswer] = useState<string | null>(null);
  const asks = mode !== 'similar' || typed !== '';
  const list = useInfiniteQuery({
    ...labelledQuery({
      answer: answer ?? undefined,
      q: mode === 'words' && typed ? typed : undefined,
      similar: mode === 'similar' && typed ? typed : undefined,
      conflicts: mode === 'conflicts' ? true : undefined,
    }),
    enabled: asks,
  });
  const items = asks ? rows(list.data) : [];
  // Another question shows other tickets: none of the old ones may be mended unseen.
  const asked = `${mode} ${typed} ${answer}`;
  const found =
    mode === 'conflicts'
      ? t('learning.found.conflicts')
      : typed
        ? t(`learning.found.${mode}`, { text: typed })
        : t('learning.found.all');
  return (
    <>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={t('learning.look')}
          data={modes.map((value) => ({ value, label: t(`learning.mode.${value}`) }))}
          value={mode}
          onChange={(value) => setMode(value as Mode)}
        />
        {mode !== 'conflicts' && (
          <TextInput
            className={classes.search}
            aria-label={t(`learning.${mode}`)}
            placeholder={t(`learning.${mode}`)}
            leftSection={<Icon name="search" size={14} />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
        <AnswerSelect
          label={t('learning.label')}
          placeholder={t('learning.anyLabel')}
          value={answer}
          onChange={setAnswer}
          clearable
        />
      </div>
      {mode !== 'words' && <p className={classes.hint}>{t(`learning.${mode}Hint`)}</p>}
      {asks && list.isPending && <Bones rows={8} height={60} />}
      {list.isError && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {asks && list.isSuccess && items.length === 0 && <Nothing mode={mode} />}
      {items.length > 0 && <Rows key={asked} items={items} found={found.slice(0, 200)} />}
      {asks && <MoreRows list={list} />}
    </>
  );
}

function Nothing({ mode }: { mode: Mode }) {
  return mode === 'conflicts' ? (
    <Empty icon="check" title={t('learning.noConflicts')} help={t('learning.noConflictsHelp')} />
  ) : (
    <Empty icon="search" title={t('learning.nothing')} help={t('learning.nothingHelp')} />
  );
}

function Rows({ items, found }: { items: LabelledTicket[]; found: string }) {
  const admin = isAdmin(useSession());
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [last, setLast] = useState<number | null>(null);
  const tickAll = useRef<HTMLInputElement>(null);
  const shown = items.map((one) => one.number);
  const chosen = shown.filter((number) => selected.has(number));
  const all = chosen.length === shown.length;
  const mended = () => {
    setSelected(new Set());
    // The bar goes, and the focus with it.
    tickAll.current?.focus();
  };
  return (
    <>
      {admin && (
        <div className={classes.selecting}>
          <Checkbox
            ref={tickAll}
            size="xs"
            label={
              chosen.length > 0 ? t('learning.selected', { n: chosen.length }) : t('learning.all')
            }
            checked={all}
            indeterminate={chosen.length > 0 && !all}
            onChange={() => setSelected(new Set(all ? [] : shown))}
          />
          {chosen.length > 0 && <MendBar tickets={chosen} found={found} done={mended} />}
        </div>
      )}
      <ul className={classes.list}>
        {items.map((item) => (
          <LabelledRow
            key={item.number}
            item={item}
            selected={selected.has(item.number)}
            select={
              admin
                ? (on, through) => {
                    setSelected(ticked(selected, shown, item.number, on, through ? last : null));
                    setLast(item.number);
                  }
                : undefined
            }
          />
        ))}
      </ul>
    </>
  );
}
