// The charts over time.
import { useState } from 'react';
import type { Metrics, Responder } from '@/api/types';
import { between, count, duration, setting } from '@/text/number';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { ChartFrame } from '@/ui/charts/chart-frame';
import { TimeChart } from '@/ui/charts/time-chart';
import type { Gathered } from './flags';
import { goalOf } from './goal';

type Props = { metrics: Metrics; flags: Gathered[] };

const responders: Responder[] = ['agent', 'rules', 'learner', 'crowd'];
const hour = 3_600_000;

const useHover = () => useState<number | null>(null);

export function AutomationChart({ metrics: { series, goals }, flags }: Props) {
  const [at, setAt] = useHover();
  const point = at === null ? undefined : series[at];
  const said = (one: (typeof series)[number]) =>
    between(one.automation_low, one.automation_high, one.live);
  return (
    <ChartFrame
      title={t('metrics.automation')}
      help={t('metrics.automationHelp')}
      reading={point && `${dayOf(point.from)}: ${said(point)} of ${count(point.live)}`}
      table={{
        head: [t('metrics.date'), t('metrics.automation'), t('metrics.tickets')],
        rows: series.map((one) => ({
          key: String(one.from),
          cells: [dayOf(one.from), said(one), count(one.live)],
        })),
      }}
    >
      <TimeChart
        kind="line"
        label={t('metrics.automationHelp')}
        times={series.map((one) => one.from)}
        flags={flags}
        format={setting}
        goal={goalOf(goals, 'automation')}
        max={Math.max(0.1, ...series.map((one) => one.automation_high))}
        onHover={setAt}
        series={[
          {
            name: t('metrics.confirmed'),
            hue: '--responder-learner',
            values: series.map((one) => one.automation_low),
            upper: series.map((one) => one.automation_high),
            upperName: t('metrics.withSilent'),
          },
        ]}
      />
    </ChartFrame>
  );
}

export function ResponderChart({ metrics: { series }, flags }: Props) {
  const [at, setAt] = useHover();
  const point = at === null ? undefined : series[at];
  const present = responders.filter((one) => series.some((when) => when.by_responder[one]));
  return (
    <ChartFrame
      title={t('metrics.byResponder')}
      reading={
        point &&
        `${dayOf(point.from)}: ${present
          .map((one) => `${t(`responder.${one}`)} ${count(point.by_responder[one] ?? 0)}`)
          .join(', ')}`
      }
      table={{
        head: [t('metrics.date'), ...present.map((one) => t(`responder.${one}`))],
        rows: series.map((one) => ({
          key: String(one.from),
          cells: [dayOf(one.from), ...present.map((who) => count(one.by_responder[who] ?? 0))],
        })),
      }}
    >
      <TimeChart
        kind="stack"
        label={t('metrics.byResponder')}
        times={series.map((one) => one.from)}
        flags={flags}
        format={count}
        onHover={setAt}
        series={present.map((one) => ({
          name: `${t(`responder.${one}.letter`)} ${t(`responder.${one}`)}`,
          hue: `--responder-${one}`,
          values: series.map((when) => when.by_responder[one] ?? 0),
        }))}
      />
    </ChartFrame>
  );
}

export function TimesChart({ metrics: { series, goals }, flags }: Props) {
  const goal = goalOf(goals, 'first_reply');
  const [at, setAt] = useHover();
  const point = at === null ? undefined : series[at];
  const values = series.map((one) => one.first_reply.median_ms);
  const longest = Math.max(goal?.value ?? 0, ...values.map((value) => value ?? 0));
  // One unit through the whole chart, so that its steps are round.
  const unit = longest > 2 * hour ? hour : 60_000;
  const name = unit === hour ? 'h' : 'min';
  const said = (value: number | null) => (value === null ? '–' : duration(value));
  return (
    <ChartFrame
      title={t('metrics.firstReply')}
      help={t('metrics.firstReplyHelp')}
      reading={point && `${dayOf(point.from)}: ${said(point.first_reply.median_ms)}`}
      table={{
        head: [t('metrics.date'), t('metrics.firstReply')],
        rows: series.map((one) => ({
          key: String(one.from),
          cells: [dayOf(one.from), said(one.first_reply.median_ms)],
        })),
      }}
    >
      <TimeChart
        kind="line"
        label={t('metrics.firstReplyHelp')}
        times={series.map((one) => one.from)}
        flags={flags}
        format={(value) => `${value} ${name}`}
        goal={goal && { ...goal, value: goal.value / unit }}
        onHover={setAt}
        series={[
          {
            name: t('metrics.medianLabel'),
            hue: '--ink-soft',
            values: values.map((value) => (value === null ? null : value / unit)),
          },
        ]}
      />
    </ChartFrame>
  );
}
