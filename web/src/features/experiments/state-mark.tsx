// Whether an experiment runs, or which side was taken over.
import type { Experiment } from '@/api/types';
import { t } from '@/text/t';
import classes from './experiments.module.css';
import { sideName } from './words';

export function StateMark({ item: { state, adopted } }: { item: Experiment }) {
  return (
    <span className={classes.state} data-state={state}>
      {adopted
        ? t('experiment.tookOver', { side: sideName(adopted) })
        : t(`experiment.state.${state}`)}
    </span>
  );
}
