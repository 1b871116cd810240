// One category: what is known about it, and its switch.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { categoriesQuery } from '@/api/queries';
import type { Category } from '@/api/types';
import { GuardrailPart, PausedBanner } from '@/features/reviews/guardrail-part';
import { StackPart } from '@/features/room/stack-part';
import { WhatIfPart } from '@/features/room/what-if-part';
import { useSession } from '@/features/session/use-session';
import { NotFound } from '@/features/shell/not-found';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { BackLink } from '@/ui/back-link';
import { Bones } from '@/ui/bones';
import { Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './automation.module.css';
import { CertificatePart, OutcomePart } from './certificate-part';
import { HistoryPart } from './history';
import { PolicyForm } from './policy-form';
import { RecallNote } from './recall';
import { Rename } from './rename';
import { usePolicy } from './use-policy';

export function CategoryPage({ id }: { id: string }) {
  const query = useQuery(categoriesQuery);
  const category = query.data?.items.find((one) => one.id === id);
  if (query.isSuccess && !category) return <NotFound />;
  const back = <BackLink to="/categories">{t('categories.title')}</BackLink>;
  return (
    <Page
      wide
      title={category?.name ?? t('nav.categories')}
      back={back}
      actions={
        category && (
          <>
            <Link
              to="/categories/$id/replay"
              params={{ id }}
              search={{ weeks: 8 }}
              className={classes.link}
            >
              {t('replay.open')}
            </Link>
            <Rename category={category} />
          </>
        )
      }
    >
      {query.isPending && <Bones rows={6} height={56} gap={12} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {category && <PausedBanner category={category} />}
      <RecallNote id={id} />
      {category && <Opened key={category.id} category={category} />}
      {category && <WhatIfPart category={category} />}
      {category && <StackPart id={category.id} />}
      {category && <HistoryPart category={category} />}
    </Page>
  );
}

function Opened({ category }: { category: Category }) {
  const session = useSession();
  const { policy } = category;
  const saving = usePolicy(category.id, category.name);
  return (
    <div className={classes.columns}>
      <div>
        <PolicyForm
          name={category.name}
          policy={policy}
          certified={category.certificate !== null}
          category={category}
          mayChange={session.may_switch}
          {...saving}
        />
      </div>
      <div>
        <section className={classes.now}>
          <h2>{t('policy.now')}</h2>
          <p>
            <strong>{t(`mode.${policy.effective}`)}</strong>
          </p>
          {policy.effective_why && <p>{policy.effective_why}</p>}
          {policy.changed_at !== null && (
            <p className={classes.muted}>
              {t('policy.changed', {
                who: policy.changed_by ?? t('app.name'),
                when: messageTime(policy.changed_at),
              })}
              {policy.reason && `: “${policy.reason}”`}
            </p>
          )}
        </section>
        <CertificatePart category={category} />
        {policy.mode === 'auto' && <GuardrailPart category={category} />}
        <OutcomePart category={category} />
      </div>
    </div>
  );
}
