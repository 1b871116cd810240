// The frame of one group of settings: fields, the error, one button.
import { Button } from '@mantine/core';
import type { Problem } from '@/api/problem';
import { t } from '@/text/t';
import { ProblemNote } from '@/ui/problem-note';
import classes from './settings.module.css';

type Props = {
  what: string;
  submit: () => void;
  saving: boolean;
  problem: Problem | null;
  extra?: React.ReactNode;
  children: React.ReactNode;
};

export function GroupForm({ what, submit, saving, problem, extra, children }: Props) {
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {children}
      {problem && <ProblemNote error={problem} />}
      <div className={classes.foot}>
        <Button type="submit" loading={saving}>
          {t('settings.save', { what: what.toLowerCase() })}
        </Button>
        {extra}
      </div>
    </form>
  );
}
