// All categories, what is worth doing next first, and what concerns all of them.
import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { categoriesQuery, roomQuery } from '@/api/queries';
import type { Category } from '@/api/types';
import { RoomTable } from '@/features/room/room-table';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './automation.module.css';
import { startingPolicy } from './change';
import { PolicyForm } from './policy-form';
import { Rename } from './rename';
import { usePolicy } from './use-policy';

export function CategoriesPage() {
  const query = useQuery(categoriesQuery);
  const session = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const items = query.data?.items ?? [];
  return (
    <Page
      wide
      title={t('categories.title')}
      lead={t('categories.lead')}
      actions={
        <>
          <Rename />
          {session.may_switch && (
            <Button variant="default" onClick={open}>
              {t('categories.all')}
            </Button>
          )}
        </>
      }
    >
      {query.isPending && <Bones rows={9} height={43} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.isSuccess && items.length === 0 && (
        <Empty icon="categories" title={t('categories.none')} help={t('categories.noneHelp')} />
      )}
      <Paused items={items} />
      <NothingProved items={items} />
      {items.length > 0 && <Room />}
      <Modal opened={opened} onClose={close} title={t('categories.all')} size={760}>
        <AllCategories close={close} />
      </Modal>
    </Page>
  );
}

function Room() {
  const query = useQuery(roomQuery);
  if (query.isPending) return <Bones rows={9} height={72} />;
  if (query.isError) return <ProblemNote error={query.error} retry={() => query.refetch()} />;
  return <RoomTable room={query.data} />;
}

/** What the guardrail has paused, above all else: somebody has to decide. */
function Paused({ items }: { items: Category[] }) {
  const paused = items.filter((one) => one.policy.paused);
  return paused.map((one) => (
    <p key={one.id} className={classes.alarm}>
      <Link to="/categories/$id" params={{ id: one.id }}>
        {one.name}
      </Link>
      : {one.policy.effective_why}
    </p>
  ));
}

/** Said once at the top where something is switched on and nothing is proved: it is not broken, it is honest. */
function NothingProved({ items }: { items: Category[] }) {
  const on = items.filter((one) => one.policy.mode === 'auto' && !one.policy.paused);
  if (on.length === 0 || on.some((one) => one.policy.effective === 'auto')) return null;
  return <p className={classes.warn}>{t('categories.nothingProved', { n: on.length })}</p>;
}

function AllCategories({ close }: { close: () => void }) {
  const name = t('policy.all');
  const saving = usePolicy(null, name, close);
  return (
    <>
      <p className={classes.allLead}>{t('policy.allLead')}</p>
      <PolicyForm name={name} policy={startingPolicy} certified mayChange all {...saving} />
    </>
  );
}
