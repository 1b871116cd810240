// Every value of the chosen dimension in one line, each number leading to its tickets.
import { Select } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import type { Counted, Dimension, GroupMetrics, Metrics, RateOf } from '@/api/types';
import { between, count, duration, percent } from '@/text/number';
import { t } from '@/text/t';
import { Section } from '@/ui/page';
import { Table } from '@/ui/table';
import { interval } from './interval';
import classes from './metrics.module.css';
import { dimensions, filtersOf, type Search } from './period';

export function ByGroup({ metrics, search }: { metrics: Metrics; search: Search }) {
  const navigate = useNavigate();
  const { by } = metrics;
  return (
    <Section title={t('metrics.brokenDown')}>
      <Select
        aria-label={t('metrics.brokenDown')}
        size="xs"
        w={200}
        mb={8}
        allowDeselect={false}
        data={dimensions.map((one) => ({ value: one, label: t(`metrics.dimension.${one}`) }))}
        value={by}
        onChange={(group) =>
          navigate({ to: '/metrics', search: { ...search, group: group as Dimension } })
        }
      />
      <Table className={classes.table}>
        <thead>
          <tr>
            {[
              t(`metrics.dimension.${by}`),
              t('metrics.tickets'),
              t('metrics.automation'),
              t('metrics.csat'),
              t('metrics.firstReply'),
              t('metrics.resolution'),
              t('metrics.oneTouch'),
              t('metrics.recontact'),
              t('metrics.backlog'),
            ].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.groups.map((one) => (
            <Row key={one.key} of={one} metrics={metrics} search={search} />
          ))}
        </tbody>
      </Table>
    </Section>
  );
}

/** What the server gives as a word, in the console's words. */
export function nameOf(by: Dimension, { key, name }: Pick<GroupMetrics, 'key' | 'name'>): string {
  if (key === 'none') return t(`metrics.without.${by === 'category' ? 'other' : by}`);
  if (by === 'responder') return t(`responder.${key as 'agent'}`);
  if (by === 'channel') return t(`channel.${key as 'form'}`);
  return name;
}

type RowProps = { of: GroupMetrics; metrics: Metrics; search: Search };

function Row({ of, metrics: { by, from, to }, search }: RowProps) {
  const { automation } = of;
  const open = (counted: Counted, shown: string) => (
    <Link
      to="/inbox/$view"
      params={{ view: 'all' }}
      search={{ ...filtersOf(search), [by]: of.key, from, to, counted }}
    >
      {shown}
    </Link>
  );
  const time = (ms: number | null, counted: Counted) =>
    ms === null ? '–' : open(counted, duration(ms));
  const share = (value: RateOf, counted: Counted) =>
    value.rate === null ? (
      '–'
    ) : (
      <>
        {open(counted, percent(value.rate, value.of))}
        <small>{interval(value)}</small>
      </>
    );
  return (
    <tr>
      <th scope="row">
        {by === 'category' ? (
          <Link to="/categories/$id" params={{ id: of.key }}>
            {of.name}
          </Link>
        ) : (
          <Link
            to="/metrics"
            search={{ ...search, [by]: of.key, ...(by === 'agent' ? { who: of.name } : {}) }}
            title={t('metrics.narrow', { name: nameOf(by, of) })}
          >
            {nameOf(by, of)}
          </Link>
        )}
      </th>
      <td>{open('tickets', count(of.tickets))}</td>
      <td>
        {automation.tickets === 0
          ? '–'
          : open('automatic', between(automation.low, automation.high, automation.tickets))}
      </td>
      <td>{share(of.csat, 'rated')}</td>
      <td>{time(of.first_reply.median_ms, 'first_reply')}</td>
      <td>{time(of.resolution.median_ms, 'solved')}</td>
      <td>{share(of.one_touch, 'one_touch')}</td>
      <td>{share(of.recontact, 'recontact')}</td>
      <td>{open('backlog', count(of.backlog))}</td>
    </tr>
  );
}
