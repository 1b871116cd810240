// What Deskwise did and how it was received. Everything can be narrowed and opened down to
// the tickets behind it.
import { Anchor, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { path } from '@/api/client';
import { categoriesQuery, metricsQuery } from '@/api/queries';
import type { Metrics } from '@/api/types';
import { choices } from '@/features/automation/tree';
import { t } from '@/text/t';
import { dayOf, present } from '@/text/time';
import { Bones } from '@/ui/bones';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { ByGroup } from './by-group';
import { AutomationChart, ResponderChart, TimesChart } from './charts';
import { Chips } from './chips';
import { Figures } from './figures';
import { type Gathered, gatherFlags } from './flags';
import { Goals } from './goals';
import classes from './metrics.module.css';
import { filtersOf, type Search, spans, stepOf, toQuery } from './period';
import { ReportByMail } from './report-mail';
import { Satisfaction } from './satisfaction';

export function MetricsPage({ search }: { search: Search }) {
  // The moment one opened the page: live events refresh the numbers, not the span.
  const [now] = useState(present);
  const query = useQuery(metricsQuery(toQuery(search, now)));
  return (
    <Page wide title={t('metrics.title')} actions={<Filters search={search} now={now} />}>
      <Chips search={search} />
      {query.isPending && <Bones rows={4} height={210} gap={24} />}
      {query.isError && !query.data && (
        <ProblemNote error={query.error} retry={() => query.refetch()} />
      )}
      {query.data && query.data.tickets === 0 && (
        <Empty icon="metrics" title={t('metrics.none')} help={t('metrics.noneHelp')} />
      )}
      {query.data && query.data.tickets > 0 && (
        <div className={classes.all} data-stale={query.isPlaceholderData}>
          <Content metrics={query.data} search={search} />
        </div>
      )}
      <ReportByMail />
    </Page>
  );
}

function Content({ metrics, search }: { metrics: Metrics; search: Search }) {
  const flags = gatherFlags(metrics);
  return (
    <>
      <Figures metrics={metrics} filters={filtersOf(search)} />
      <Goals metrics={metrics} />
      <div className={classes.charts}>
        <AutomationChart metrics={metrics} flags={flags} />
        <ResponderChart metrics={metrics} flags={flags} />
        <Satisfaction metrics={metrics} />
        <TimesChart metrics={metrics} flags={flags} />
      </div>
      {flags.length > 0 && <Flags flags={flags} />}
      <ByGroup metrics={metrics} search={search} />
    </>
  );
}

const shownTexts = 3;

function Flags({ flags }: { flags: Gathered[] }) {
  return (
    <section className={classes.flags}>
      <h2>{t('metrics.flags')}</h2>
      <ol>
        {flags.map(({ at, texts }, index) => (
          <li key={at}>
            <span>{index + 1}</span>
            <time>{dayOf(at)}</time>
            <div>
              {texts.slice(0, shownTexts).map((text) => (
                <p key={text}>{text}</p>
              ))}
              {texts.length > shownTexts && (
                <details>
                  <summary>{t('metrics.moreFlags', { n: texts.length - shownTexts })}</summary>
                  {texts.slice(shownTexts).map((text) => (
                    <p key={text}>{text}</p>
                  ))}
                </details>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Filters({ search, now }: { search: Search; now: number }) {
  const navigate = useNavigate();
  const { data: categories } = useQuery(categoriesQuery);
  const go = (part: Search) => navigate({ to: '/metrics', search: { ...search, ...part } });
  const steps = (['day', 'week', 'month'] as const).filter(
    (step) => step !== 'month' || (search.days ?? 28) > 28,
  );
  return (
    <>
      <Select
        aria-label={t('metrics.category')}
        placeholder={t('metrics.allCategories')}
        clearable
        searchable
        size="xs"
        w={200}
        data={choices(categories?.items ?? [])}
        value={search.category ?? null}
        onChange={(category) => go({ category: category ?? undefined })}
      />
      <Select
        aria-label={t('metrics.period')}
        size="xs"
        w={150}
        allowDeselect={false}
        data={spans.map((n) => ({ value: String(n), label: t('metrics.days', { n }) }))}
        value={String(search.days ?? 28)}
        onChange={(days) => go({ days: spans.find((one) => String(one) === days), by: undefined })}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('metrics.step')}
        data={steps.map((step) => ({ value: step, label: t(`metrics.by.${step}`) }))}
        value={stepOf(search)}
        onChange={(by) => go({ by: by as Search['by'] })}
      />
      <Anchor href={path('/metrics/csv', toQuery(search, now))} download size="sm">
        {t('metrics.csv')}
      </Anchor>
    </>
  );
}
