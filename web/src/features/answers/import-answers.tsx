// Answers from a CSV file: what went in, and each line that did not.
import { Button, FileButton, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { ImportResult } from '@/api/types';
import { t } from '@/text/t';
import { ProblemNote } from '@/ui/problem-note';
import classes from './answers.module.css';

export function ImportAnswers({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal opened={opened} onClose={close} title={t('import.title')}>
      <ImportForm />
    </Modal>
  );
}

export function ImportForm() {
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: async (chosen: File) =>
      api.postCsv<ImportResult>('/answers/import', await chosen.text()),
    onSuccess: () => {
      setFile(null);
      for (const key of ['answers', 'session', 'categories']) {
        client.invalidateQueries({ queryKey: [key] });
      }
    },
  });
  return (
    <div>
      <p className={classes.muted}>{t('import.help')}</p>
      <div className={classes.foot}>
        <FileButton accept=".csv,text/csv" onChange={setFile}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('import.choose')}
            </Button>
          )}
        </FileButton>
        {file && (
          <Button loading={send.isPending} onClick={() => send.mutate(file)}>
            {t('import.do', { name: file.name })}
          </Button>
        )}
      </div>
      {send.isError && <ProblemNote error={send.error} />}
      <div aria-live="polite">{send.data && <Result result={send.data} />}</div>
    </div>
  );
}

function Result({ result: { created, updated, errors } }: { result: ImportResult }) {
  return (
    <div style={{ marginTop: 14 }}>
      <p>
        <strong>{t('import.done', { created, updated })}</strong>
      </p>
      {errors.length > 0 && (
        <>
          <p>{t('import.errors', { n: errors.length })}</p>
          <ul className={classes.muted}>
            {errors.slice(0, 20).map((one) => (
              <li key={`${one.line}${one.message}`}>{t('import.line', one)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
