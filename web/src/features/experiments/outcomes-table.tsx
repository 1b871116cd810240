// The outcomes of both sides, each mean with its interval, and what was found.
import type { ExperimentOutcome } from '@/api/types';
import { count } from '@/text/number';
import { t } from '@/text/t';
import { Table } from '@/ui/table';
import classes from './experiments.module.css';
import { differenceText, estimateText, findingText, outcomeText, sideName } from './words';

export function OutcomesTable({ outcomes }: { outcomes: ExperimentOutcome[] }) {
  return (
    <Table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('experiment.outcome')}</th>
          {(['a', 'b'] as const).map((side) => (
            <th key={side} scope="col">
              {t('experiment.side', { side: sideName(side) })}
            </th>
          ))}
          <th scope="col">{t('experiment.difference')}</th>
          <th scope="col">{t('experiment.finding')}</th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map((of) => {
          const { name, help } = outcomeText(of);
          return (
            <tr key={name} data-found={!!of.better}>
              <th scope="row">
                {name}
                <small>{help}</small>
              </th>
              {(['a', 'b'] as const).map((side) => (
                <td key={side} data-label={t('experiment.side', { side: sideName(side) })}>
                  {estimateText(of, of[side])}
                  <small>{t('number.of', { n: count(of[side].n) })}</small>
                </td>
              ))}
              <td data-label={t('experiment.difference')}>{differenceText(of)}</td>
              <td data-label={t('experiment.finding')}>{findingText(of)}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
