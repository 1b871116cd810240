// All experiments, newest first, each with what it shows in words.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { experimentsQuery } from '@/api/queries';
import type { Experiment } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Icon } from '@/ui/icon';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './experiments.module.css';
import { StateMark } from './state-mark';
import { scopeText } from './words';

export function ExperimentsPage() {
  const list = useQuery(experimentsQuery);
  const items = list.data?.items;
  const create = useSession().may_switch && (
    <Button component={Link} to="/experiments/new" leftSection={<Icon name="plus" size={14} />}>
      {t('experiments.new')}
    </Button>
  );
  return (
    <Page wide title={t('experiments.title')} lead={t('experiments.lead')} actions={create}>
      {list.isPending && <Bones rows={4} height={74} />}
      {list.isError && !items && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {items?.length === 0 && (
        <Empty icon="experiment" title={t('experiments.none')} help={t('experiments.noneHelp')}>
          {create}
        </Empty>
      )}
      <ul className={classes.list}>
        {items?.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
    </Page>
  );
}

function Row({ item }: { item: Experiment }) {
  return (
    <li>
      <Link to="/experiments/$id" params={{ id: item.id }} className={classes.row}>
        <span className={classes.rowHead}>
          <span className={classes.name}>{item.name}</span>
          <StateMark item={item} />
        </span>
        <span className={classes.muted}>
          {scopeText(item)}
          {item.state !== 'draft' && `, ${t('experiments.counted', { n: item.counted })}`}
        </span>
        <span className={classes.verdict}>{item.verdict.text}</span>
      </Link>
    </li>
  );
}
