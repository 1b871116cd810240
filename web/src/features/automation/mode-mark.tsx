// A mode as a word with its dot: filled when answers are sent, a ring when they are suggested.
import type { Mode } from '@/api/types';
import { setting } from '@/text/number';
import { t } from '@/text/t';
import classes from './automation.module.css';

export function ModeMark(props: { mode: Mode; effective: Mode; rollout: number }) {
  return (
    <span className={classes.mode} data-mode={props.effective}>
      {t(`mode.${props.mode}`)}
      {props.mode === 'auto' && ` ${setting(props.rollout)}`}
    </span>
  );
}
