// The numbers at the top, each with its definition, what it counts, how it differs from the period
// before, and the tickets behind it.
import { Link } from '@tanstack/react-router';
import type { Counted, Metrics, RateOf, Spread } from '@/api/types';
import { between, count, duration, percent } from '@/text/number';
import { t } from '@/text/t';
import { ofNumbers, ofRates } from './change';
import { Figure } from './figure';
import { interval } from './interval';
import classes from './metrics.module.css';
import type { Filters } from './period';
import { SavedFigure } from './saved-figure';

type Props = { metrics: Metrics; filters: Filters };

export function Figures({ metrics, filters }: Props) {
  const { automation, tickets, from, to, before } = metrics;
  const live = automation.tickets;
  const open = (counted: Counted, shown: React.ReactNode) => (
    <Link to="/inbox/$view" params={{ view: 'all' }} search={{ from, to, ...filters, counted }}>
      {shown}
    </Link>
  );
  const sure = (one: Metrics['automation']): RateOf => ({
    count: one.confirmed,
    of: one.tickets,
    rate: null,
    low: 0,
    high: 1,
  });
  return (
    <div className={classes.figures}>
      <Figure
        name={t('metrics.automation')}
        help={t('metrics.automationHelp')}
        value={live === 0 ? '–' : open('automatic', between(automation.low, automation.high, live))}
        note={
          <>
            {open('confirmed', t('metrics.nConfirmed', { n: automation.confirmed }))},{' '}
            {open('silent', t('metrics.nSilent', { n: automation.silent }))},{' '}
            {open('failed', t('metrics.failed', { n: automation.failed }))},{' '}
            {t('metrics.ofLive', { n: live })}
          </>
        }
        change={ofRates(sure(automation), sure(before.automation))}
      />
      <Rate
        name={t('metrics.csat')}
        help={t('metrics.csatAllHelp')}
        of={metrics.csat}
        before={before.csat}
        open={(shown) => open('rated', shown)}
      />
      <Time
        name={t('metrics.firstReply')}
        help={t('metrics.firstReplyHelp')}
        of={metrics.first_reply}
        before={before.first_reply}
        open={(shown) => open('first_reply', shown)}
      />
      <Time
        name={t('metrics.resolution')}
        help={t('metrics.resolutionHelp')}
        of={metrics.resolution}
        before={before.resolution}
        open={(shown) => open('solved', shown)}
      />
      <Rate
        name={t('metrics.oneTouch')}
        help={t('metrics.oneTouchHelp')}
        of={metrics.one_touch}
        before={before.one_touch}
        open={(shown) => open('one_touch', shown)}
      />
      <Rate
        name={t('metrics.recontact')}
        help={t('metrics.recontactHelp')}
        of={metrics.recontact}
        before={before.recontact}
        open={(shown) => open('recontact', shown)}
      />
      <Rate
        name={t('metrics.suggestions')}
        help={t('metrics.suggestionsHelp')}
        of={metrics.suggestions}
        before={before.suggestions}
        open={(shown) => open('suggestion_used', shown)}
      />
      <Figure
        name={t('metrics.backlog')}
        help={t('metrics.backlogHelp')}
        value={open('backlog', count(metrics.backlog))}
        note={open('tickets', t('metrics.nTickets', { n: tickets }))}
        change={ofNumbers(metrics.backlog, before.backlog)}
      />
      <Figure
        name={t('metrics.perHour')}
        help={t('metrics.perHourHelp')}
        value={perHour(metrics.agent_hours.per_hour)}
        note={open(
          'solved_by_agents',
          t('metrics.solvedInHours', {
            n: metrics.agent_hours.solved,
            hours: count(Math.round(metrics.agent_hours.hours)),
          }),
        )}
        change={ofNumbers(metrics.agent_hours.per_hour, before.agent_hours.per_hour)}
      />
      <SavedFigure metrics={metrics} />
    </div>
  );
}

const perHour = (value: number | null) => (value === null ? '–' : value.toFixed(1));

type OpenedProps<T> = {
  name: string;
  help: string;
  of: T;
  before: T;
  open: (shown: string) => React.ReactNode;
};

function Rate({ name, help, of, before, open }: OpenedProps<RateOf>) {
  return (
    <Figure
      name={name}
      help={help}
      value={of.rate === null ? '–' : open(percent(of.rate, of.of))}
      note={interval(of)}
      change={ofRates(of, before)}
    />
  );
}

function Time({ name, help, of, before, open }: OpenedProps<Spread>) {
  return (
    <Figure
      name={name}
      help={help}
      value={of.median_ms === null ? '–' : open(duration(of.median_ms))}
      note={quantiles(of)}
      change={ofNumbers(of.median_ms, before.median_ms)}
    />
  );
}

function quantiles({ n, median_ms, p90_ms }: Spread): string {
  if (median_ms === null) return t('number.none');
  const median = t('metrics.median', { n });
  return p90_ms === null ? median : `${median}; ${t('metrics.p90', { time: duration(p90_ms) })}`;
}
