// Past weeks as if a category's policy had been on, ticket by ticket, the wrong answers first.
import { SegmentedControl, Select } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { categoriesQuery, replayQuery } from '@/api/queries';
import type { Replay } from '@/api/types';
import { count, probability, rate, setting } from '@/text/number';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { BackLink } from '@/ui/back-link';
import { Bones } from '@/ui/bones';
import { Facts } from '@/ui/facts';
import { MoreRows } from '@/ui/more-rows';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { type ReplaySearch, replaySpans, shows } from './replay-search';
import { ReplayedRow } from './replayed-row';
import classes from './room.module.css';

export function ReplayPage({ id, search }: { id: string; search: ReplaySearch }) {
  const { data: categories } = useQuery(categoriesQuery);
  const name = categories?.items.find((one) => one.id === id)?.name ?? '';
  const list = useInfiniteQuery(replayQuery(id, { weeks: search.weeks, show: search.show }));
  const pages = list.data?.pages ?? [];
  const first = pages[0];
  return (
    <Page
      wide
      title={t('replay.title', { name })}
      lead={t('replay.lead')}
      back={
        <BackLink to="/categories/$id" params={{ id }}>
          {name}
        </BackLink>
      }
      actions={<Period id={id} search={search} />}
    >
      {list.isPending && <Bones rows={8} height={56} />}
      {list.isError && !first && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {first && first.tickets === 0 && (
        <Empty icon="categories" title={t('replay.none')} help={whyNone(first)} />
      )}
      {first && first.tickets > 0 && (
        <div data-stale={list.isPlaceholderData} className={classes.replay}>
          <Totals replay={first} />
          <Show id={id} search={search} replay={first} />
          <ul className={classes.replayed}>
            {pages.flatMap((page) =>
              page.items.map((one) => <ReplayedRow key={one.number} one={one} all={first} />),
            )}
          </ul>
          <MoreRows list={list} />
        </div>
      )}
    </Page>
  );
}

const whyNone = ({ newest }: Replay) =>
  newest === null ? t('replay.noneEver') : t('replay.noneNewest', { when: dayOf(newest) });

function Totals({ replay }: { replay: Replay }) {
  const answered = replay.right + replay.wrong;
  const values = {
    target: setting(replay.target),
    threshold: replay.threshold === null ? '–' : probability(replay.threshold),
  };
  return (
    <>
      <div className={classes.totals}>
        <Facts
          facts={[
            [t('replay.coverage'), rate(answered, replay.tickets)],
            [t('replay.precision'), rate(replay.right, answered)],
          ]}
        />
      </div>
      <p className={classes.hint}>
        {t(`replay.basis.${replay.basis}`, values)}{' '}
        {t('replay.rests', { stored: replay.stored, live: replay.live })}
      </p>
    </>
  );
}

function Show(props: { id: string; search: ReplaySearch; replay: Replay }) {
  const { id, search, replay } = props;
  const navigate = useNavigate();
  const counts = {
    all: replay.tickets,
    wrong: replay.wrong,
    right: replay.right,
    unanswered: replay.unanswered,
  };
  return (
    <SegmentedControl
      className={classes.show}
      aria-label={t('replay.show')}
      data={shows.map((show) => ({
        value: show,
        label: `${t(`replay.${show}`)} ${count(counts[show])}`,
      }))}
      value={search.show ?? 'all'}
      onChange={(value) => {
        const show = shows.find((one) => one === value && one !== 'all');
        navigate({
          to: '/categories/$id/replay',
          params: { id },
          search: { ...search, show: show === 'all' ? undefined : show },
        });
      }}
    />
  );
}

function Period({ id, search }: { id: string; search: ReplaySearch }) {
  const navigate = useNavigate();
  return (
    <>
      <Select
        aria-label={t('replay.period')}
        size="xs"
        w={150}
        allowDeselect={false}
        data={[
          ...replaySpans.map((n) => ({ value: String(n), label: t('replay.weeks', { n }) })),
          { value: 'all', label: t('replay.everything') },
        ]}
        value={search.weeks === undefined ? 'all' : String(search.weeks)}
        onChange={(value) =>
          navigate({
            to: '/categories/$id/replay',
            params: { id },
            search: { ...search, weeks: replaySpans.find((one) => String(one) === value) },
          })
        }
      />
      <Link to="/categories/$id" params={{ id }} className={classes.link}>
        {t('policy.title')}
      </Link>
    </>
  );
}
