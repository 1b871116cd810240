// How many labels there are from whom, and what each kind is worth.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { labelCountsQuery } from '@/api/queries';
import type { LabelCounts } from '@/api/types';
import { count } from '@/text/number';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Empty, Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { Table } from '@/ui/table';
import { byKind, total } from './counting';
import classes from './learning.module.css';

const spans = ['30', '90', '365'] as const;

export function LabelCountsPart() {
  const [days, setDays] = useState<(typeof spans)[number]>('90');
  const query = useQuery(labelCountsQuery(Number(days)));
  const span = (
    <SegmentedControl
      size="xs"
      aria-label={t('learning.days')}
      data={spans.map((value) => ({ value, label: t(`learning.days.${value}`) }))}
      value={days}
      onChange={(value) => setDays(value as typeof days)}
    />
  );
  return (
    <Section title={t('learning.counts')} actions={span}>
      {query.isPending && <Bones rows={6} height={37} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.data &&
        (query.data.items.length > 0 ? (
          <Counts counts={query.data} />
        ) : (
          <Empty icon="learning" title={t('learning.noLabels')} help={t('learning.noLabelsHelp')} />
        ))}
    </Section>
  );
}

function Counts({ counts: { items, mended } }: { counts: LabelCounts }) {
  const all = total(items);
  const parts = [
    ['unseen', total(items.filter((one) => one.unseen))],
    ['against', total(items.filter((one) => one.against))],
    ['mended', mended],
  ] as const;
  return (
    <Table className={classes.counts}>
      <thead>
        <tr>
          <th scope="col">{t('learning.kind')}</th>
          <th scope="col">{t('learning.tickets')}</th>
          <th scope="col">{t('learning.meaning')}</th>
        </tr>
      </thead>
      <tbody>
        {byKind(items).map(([kind, tickets]) => (
          <tr key={kind}>
            <th scope="row">{t(`learning.kind.${kind}`)}</th>
            <td>{count(tickets)}</td>
            <td>{t(`learning.kindHelp.${kind}`)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {parts.map(([part, tickets]) => (
          <tr key={part}>
            <th scope="row">{t(`learning.${part}`)}</th>
            <td>{t('learning.of', { n: count(tickets), all: count(all) })}</td>
            <td>{t(`learning.${part}Help`)}</td>
          </tr>
        ))}
      </tfoot>
    </Table>
  );
}
