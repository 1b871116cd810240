// Finds an answer by its words and takes it into the editor.
import { Button, Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answersQuery, rows } from '@/api/queries';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import classes from './composer.module.css';
import { useSuggestion } from './use-suggestion';

export function AnswerPicker({ number, done }: { number: number; done: () => void }) {
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 150);
  const combobox = useCombobox({
    onDropdownClose: () => setText(''),
    onDropdownOpen: (source) => {
      if (source === 'keyboard') combobox.selectFirstOption();
      combobox.focusSearchInput();
    },
  });
  const list = useInfiniteQuery({
    ...answersQuery({ q, archived: false }),
    enabled: combobox.dropdownOpened,
  });
  const answers = rows(list.data);
  const suggestion = useSuggestion(number, done);

  return (
    <Combobox
      store={combobox}
      position="top-start"
      width="min(420px, calc(100vw - 32px))"
      onOptionSubmit={(id) => {
        const answer = answers.find((one) => one.id === id);
        combobox.closeDropdown();
        if (answer) suggestion.mutate(answer);
      }}
    >
      <Combobox.Target withAriaAttributes={false}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<Icon name="answers" size={14} />}
          loading={suggestion.isPending}
          onClick={() => combobox.toggleDropdown()}
        >
          {t('compose.insert')}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={text}
          placeholder={t('compose.findAnswer')}
          aria-label={t('compose.findAnswer')}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.updateSelectedOptionIndex();
          }}
        />
        <Combobox.Options className={classes.options}>
          {answers.map((answer) => (
            <Combobox.Option key={answer.id} value={answer.id} disabled={!answer.sendable}>
              <span className={classes.option}>
                <strong>{answer.title}</strong>
                <span>{answer.sendable ? answer.body : t('reading.unsendable')}</span>
              </span>
            </Combobox.Option>
          ))}
          {!list.isFetching && answers.length === 0 && (
            <Combobox.Empty>{t('compose.noAnswer')}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
