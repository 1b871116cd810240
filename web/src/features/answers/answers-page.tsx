// All answers, searchable, with the archive and the import.
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { answersQuery, rows } from '@/api/queries';
import type { Answer } from '@/api/types';
import { mayWrite, useSession } from '@/features/session/use-session';
import { useKeys } from '@/features/shell/keys';
import { count } from '@/text/number';
import { t } from '@/text/t';
import { shortTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { MoreRows } from '@/ui/more-rows';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './answers.module.css';
import { ImportAnswers } from './import-answers';

export function AnswersPage() {
  const session = useSession();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 180);
  const [archived, setArchived] = useState(false);
  const [importing, { open, close }] = useDisclosure(false);
  const search = useRef<HTMLInputElement>(null);
  const list = useInfiniteQuery(answersQuery({ q, archived }));
  const items = rows(list.data);
  useKeys({ '/': () => search.current?.focus() });

  const write = mayWrite(session) && (
    <>
      <Button component={Link} to="/answers/suggestions" variant="subtle">
        {t('suggestions.title')}
      </Button>
      <Button variant="default" onClick={open}>
        {t('answers.import')}
      </Button>
      <Button component={Link} to="/answers/new" leftSection={<Icon name="plus" size={14} />}>
        {t('answers.new')}
      </Button>
    </>
  );
  return (
    <Page wide title={t('answers.title')} lead={t('answers.lead')} actions={write}>
      <div className={classes.tools}>
        <TextInput
          ref={search}
          className={classes.search}
          aria-label={t('answers.search')}
          placeholder={t('answers.search')}
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && search.current?.blur()}
        />
        <SegmentedControl
          size="xs"
          data={[
            { value: 'current', label: t('answers.current') },
            { value: 'archived', label: t('answers.archived') },
          ]}
          value={archived ? 'archived' : 'current'}
          onChange={(which) => setArchived(which === 'archived')}
        />
      </div>
      {list.isPending && <Bones rows={10} height={47} />}
      {list.isError && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {list.isSuccess && items.length === 0 && <Nothing q={q} archived={archived} write={write} />}
      {items.length > 0 && (
        <div className={classes.head} aria-hidden="true">
          <span>{t('answers.answer')}</span>
          <span>{t('answers.category')}</span>
          <span>{t('answers.languages')}</span>
          <span>{t('answers.usedShort')}</span>
          <span>{t('answers.changedShort')}</span>
        </div>
      )}
      <ul className={classes.list}>
        {items.map((answer) => (
          <Row key={answer.id} answer={answer} />
        ))}
      </ul>
      <MoreRows list={list} />
      <ImportAnswers opened={importing} close={close} />
    </Page>
  );
}

function Nothing(props: { q: string; archived: boolean; write: React.ReactNode }) {
  if (props.q) return <Empty icon="search" title={t('answers.noneFound')} />;
  if (props.archived) return <Empty icon="archive" title={t('answers.noneArchived')} />;
  return (
    <Empty icon="answers" title={t('answers.none')} help={t('answers.noneHelp')}>
      {props.write}
    </Empty>
  );
}

/** What an answer says, without how it greets. */
function gist(body: string): string {
  const [first = '', ...rest] = body.trim().split(/\n\s*\n/);
  const greets = first.length < 80 && /[,!]$/.test(first.trim()) && rest.length > 0;
  return (greets ? rest.join(' ') : body).replace(/\s+/g, ' ');
}

function Row({ answer }: { answer: Answer }) {
  return (
    <li>
      <Link to="/answers/$id" params={{ id: answer.id }} className={classes.row}>
        <span className={classes.titleCell}>
          <span className={classes.title}>{answer.title}</span>
          <span className={classes.body}>
            {answer.sendable ? gist(answer.body) : t('answers.noText')}
          </span>
        </span>
        <span className={classes.category}>{answer.category?.name ?? ''}</span>
        <span className={classes.languages}>
          {answer.languages.join(' ')}
          {answer.published && (
            <span title={t('answers.public')}>
              <Icon name="link" size={13} />
              <span className="visually-hidden">{t('answers.public')}</span>
            </span>
          )}
        </span>
        <span className={classes.used} title={t('answers.used')}>
          {count(answer.used_30d)}
        </span>
        <time className={classes.time} title={t('answers.changed')}>
          {shortTime(answer.updated_at)}
        </time>
      </Link>
    </li>
  );
}
