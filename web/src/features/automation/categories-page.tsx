// All categories with their mode and how often they would be right.
import { Button, Modal, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { categoriesQuery } from '@/api/queries';
import type { Category } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { between, count, percent } from '@/text/number';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './automation.module.css';
import { CertificateLine } from './certificate-part';
import { startingPolicy } from './change';
import { PolicyForm } from './policy-form';
import { Rename } from './rename';
import { inTree } from './tree';
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
      {items.length > 0 && <Table items={items} />}
      <Modal opened={opened} onClose={close} title={t('categories.all')} size={760}>
        <AllCategories close={close} />
      </Modal>
    </Page>
  );
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
      <p className={classes.muted}>{t('policy.allLead')}</p>
      <PolicyForm name={name} policy={startingPolicy} certified mayChange all {...saving} />
    </>
  );
}

function Table({ items }: { items: Category[] }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('categories.name')}</th>
          <th scope="col">{t('categories.mode')}</th>
          <th scope="col" className={classes.wide}>
            <Defined word={t('categories.precision')} by={t('categories.precisionHelp')} />
          </th>
          <th scope="col" className={classes.number}>
            <Defined word={t('categories.automation')} by={t('categories.automationHelp')} />
          </th>
          <th scope="col" className={classes.number}>
            {t('categories.tickets')}
          </th>
          <th scope="col" className={classes.number}>
            {t('categories.open')}
          </th>
        </tr>
      </thead>
      <tbody>
        {inTree(items).map((category) => (
          <Row key={category.id} category={category} />
        ))}
      </tbody>
    </table>
  );
}

function Defined({ word, by }: { word: string; by: string }) {
  return (
    <Tooltip label={by} multiline w={280}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition is reachable by keyboard */}
      <span tabIndex={0} className={classes.defined}>
        {word}
      </span>
    </Tooltip>
  );
}

function Row({ category }: { category: Category }) {
  const { policy, certificate, automation, need } = category;
  return (
    <tr>
      <th scope="row" data-child={category.parent !== null}>
        <Link to="/categories/$id" params={{ id: category.id }} title={category.name}>
          {category.name}
        </Link>
      </th>
      <td>
        <span className={classes.mode} data-mode={policy.effective}>
          {t(`mode.${policy.mode}`)}
          {policy.mode === 'auto' && ` ${percent(policy.rollout)}`}
        </span>
        {policy.effective !== policy.mode && (
          <span className={classes.acts} data-paused={policy.paused} title={policy.effective_why}>
            {policy.paused
              ? t('categories.paused')
              : t('categories.acts', { mode: t(`mode.${policy.effective}`).toLowerCase() })}
          </span>
        )}
      </td>
      <td className={classes.wide}>
        {certificate && certificate.answered > 0 ? (
          <span className={classes.precision}>
            <span className={classes.line}>
              <CertificateLine category={category} />
            </span>
            <span>
              {percent(
                (certificate.answered - certificate.errors) / certificate.answered,
                certificate.answered,
              )}{' '}
              <span className={classes.muted}>{t('number.of', { n: certificate.answered })}</span>
            </span>
          </span>
        ) : (
          <span className={classes.muted} title={need?.why}>
            {need && need.more > 0 ? (
              t('categories.needs', { n: need.more })
            ) : (
              <span className={classes.dash}>–</span>
            )}
          </span>
        )}
      </td>
      <td className={classes.number}>
        {policy.mode === 'auto' && automation.total > 0
          ? between(
              automation.confirmed / automation.total,
              (automation.confirmed + automation.silent) / automation.total,
            )
          : '–'}
      </td>
      <td className={classes.number}>{count(category.tickets_30d)}</td>
      <td className={classes.number}>{count(category.open)}</td>
    </tr>
  );
}
