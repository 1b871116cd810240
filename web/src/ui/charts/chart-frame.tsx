// What every chart has: a title with its definition, the reading under the pointer, and the
// same numbers as a table.
import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { t } from '@/text/t';
import { Defined } from '../defined';
import { Icon } from '../icon';
import classes from './charts.module.css';

export type ChartTable = { head: string[]; rows: { key: string; cells: string[] }[] };

type Props = {
  title: string;
  help?: string;
  reading?: string | null;
  table: ChartTable;
  children: React.ReactNode;
};

export function ChartFrame({ title, help, reading, table, children }: Props) {
  const [asTable, { toggle }] = useDisclosure(false);
  const label = t(asTable ? 'action.asChart' : 'action.asTable');
  return (
    <section className={classes.frame}>
      <header>
        <h2>{help ? <Defined word={title} by={help} /> : title}</h2>
        <span className={classes.reading}>{reading}</span>
        <Tooltip label={label}>
          <ActionIcon aria-label={`${title}: ${label}`} aria-pressed={asTable} onClick={toggle}>
            <Icon name={asTable ? 'metrics' : 'table'} />
          </ActionIcon>
        </Tooltip>
      </header>
      {asTable ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reachable by keyboard
        <div className={classes.tableBox} tabIndex={0}>
          <table className={classes.table}>
            <thead>
              <tr>
                {table.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row) => (
                <tr key={row.key}>
                  {row.cells.map((cell, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells keep their column
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
    </section>
  );
}
