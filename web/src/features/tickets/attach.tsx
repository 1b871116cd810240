// Choosing files for a reply or a note, and the list of those chosen.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useRef } from 'react';
import { bytes } from '@/text/number';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import { toast } from '@/ui/toasts';
import classes from './composer.module.css';
import { draftOf, setDraft } from './drafts';
import { type OutgoingFile, readFile, tooMuch } from './files';

/** Adds files to the draft of a ticket, or says why they cannot be sent. */
export async function attach(number: number, chosen: File[]) {
  const problem = tooMuch(draftOf(number).files, chosen);
  if (problem) {
    toast({ tone: 'danger', text: problem });
    return;
  }
  try {
    const read = await Promise.all(chosen.map(readFile));
    setDraft(number, { files: [...draftOf(number).files, ...read] });
  } catch {
    toast({ tone: 'danger', text: t('compose.unreadable') });
  }
}

export function AttachButton({ number }: { number: number }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('compose.attach')}
        onChange={(event) => {
          attach(number, [...(event.currentTarget.files ?? [])]);
          // The same file may be chosen again after it was taken out.
          event.currentTarget.value = '';
        }}
      />
      <Tooltip label={t('compose.attach')}>
        <ActionIcon aria-label={t('compose.attach')} onClick={() => input.current?.click()}>
          <Icon name="clip" size={15} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

export function AttachedFiles({ number, files }: { number: number; files: OutgoingFile[] }) {
  if (files.length === 0) return null;
  const remove = (file: OutgoingFile) =>
    setDraft(number, { files: files.filter((one) => one !== file) });
  return (
    <ul className={classes.files} aria-label={t('compose.attached')}>
      {files.map((file) => (
        <li key={`${file.name} ${file.size}`}>
          <Icon name="clip" size={13} />
          <span>{t('ticket.attachment', { name: file.name, size: bytes(file.size) })}</span>
          <button
            type="button"
            aria-label={t('compose.detach', { name: file.name })}
            title={t('compose.detach', { name: file.name })}
            onClick={() => remove(file)}
          >
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}
