// Which language's text is being edited; languages are added by their code.
import { ActionIcon, Button, Popover, SegmentedControl, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { t } from '@/text/t';
import { languageName } from '@/text/time';
import { Icon } from '@/ui/icon';
import classes from './answers.module.css';

/** The key of the text that has no language of its own. */
export const main = 'main';

type Props = {
  languages: string[];
  value: string;
  choose: (language: string) => void;
  add?: (code: string) => void;
  remove: (code: string) => void;
};

export function LanguageTabs({ languages, value, choose, add, remove }: Props) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [code, setCode] = useState('');
  const codes = languages.filter((one) => one !== main).sort();
  const usable = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(code) && !codes.includes(code);
  const take = () => {
    if (!usable || !add) return;
    add(code);
    setCode('');
    close();
  };
  return (
    <div className={classes.languageTabs}>
      <SegmentedControl
        size="xs"
        aria-label={t('answers.languages')}
        data={[main, ...codes].map((one) => ({
          value: one,
          label: one === main ? t('answer.main') : languageName(one),
        }))}
        value={value}
        onChange={choose}
      />
      {add && (
        <Popover opened={opened} onChange={close} trapFocus>
          <Popover.Target>
            <Button variant="subtle" color="gray" size="compact-sm" onClick={toggle}>
              {t('answer.addLanguage')}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <div className={classes.tools} style={{ margin: 0 }}>
              <TextInput
                aria-label={t('answer.languageCode')}
                placeholder={t('answer.languageCode')}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value.trim())}
                onKeyDown={(event) => {
                  if (event.key === 'Enter') {
                    event.preventDefault();
                    take();
                  }
                }}
              />
              <Button disabled={!usable} onClick={take}>
                {t('action.add')}
              </Button>
            </div>
          </Popover.Dropdown>
        </Popover>
      )}
      {add && value !== main && (
        <ActionIcon
          aria-label={t('answer.removeLanguage', { language: languageName(value) })}
          onClick={() => remove(value)}
        >
          <Icon name="close" size={14} />
        </ActionIcon>
      )}
    </div>
  );
}
