// The numbers at the top, each with its definition, what it counts, how it differs from the period
// before, and the tickets behind it.
import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Counted, Metrics, RateOf, Spread } from '@/api/types';
import { between, bound, count, duration, percent } from '@/text/number';
import { saved as amountOf } from '@/text/saved';
import { t } from '@/text/t';
import { type Change, ofNumbers, ofRates } from './change';
import classes from './metrics.module.css';
import type { Filters } from './period';

type Props = { metrics: Metrics; filters: Filters };

export function Figures({ metrics, filters }: Props) {
  const { automation, tickets, from, to, before } = metrics;
  const live = automation.tickets;
  const open = (counted: Counted, shown: React.ReactNode) => (
    <Link to="/inbox/$view" params={{ view: 'all' }} search={{ from, to, ...filters, counted }}>
      {shown}
    </Link>
  );
  const shareOf = (value: RateOf, counted: Counted) =>
    value.rate === null ? '–' : open(counted, percent(value.rate, value.of));
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
      <Figure
        name={t('metrics.csat')}
        help={t('metrics.csatAllHelp')}
        value={shareOf(metrics.csat, 'rated')}
        note={interval(metrics.csat)}
        change={ofRates(metrics.csat, before.csat)}
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
      <Figure
        name={t('metrics.oneTouch')}
        help={t('metrics.oneTouchHelp')}
        value={shareOf(metrics.one_touch, 'one_touch')}
        note={interval(metrics.one_touch)}
        change={ofRates(metrics.one_touch, before.one_touch)}
      />
      <Figure
        name={t('metrics.recontact')}
        help={t('metrics.recontactHelp')}
        value={shareOf(metrics.recontact, 'recontact')}
        note={interval(metrics.recontact)}
        change={ofRates(metrics.recontact, before.recontact)}
      />
      <Figure
        name={t('metrics.suggestions')}
        help={t('metrics.suggestionsHelp')}
        value={shareOf(metrics.suggestions, 'suggestion_used')}
        note={interval(metrics.suggestions)}
        change={ofRates(metrics.suggestions, before.suggestions)}
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
      <Saved metrics={metrics} />
    </div>
  );
}

const perHour = (value: number | null) => (value === null ? '–' : value.toFixed(1));

/** "of 1,204; 59–65%" */
function interval({ rate, of, low, high }: RateOf): string {
  if (rate === null) return t('number.none');
  return t('metrics.interval', { n: of, low: bound(low, of), high: bound(high, of) });
}

function Saved({ metrics: { saved, work, before } }: { metrics: Metrics }) {
  const whole = (value: number) => count(Math.round(value));
  const hoursOf = ({ hours_low, hours_high }: Metrics['saved']) =>
    amountOf(hours_low, hours_high, 'h', whole);
  const hours = hoursOf(saved);
  const hoursBefore = hoursOf(before.saved);
  const money =
    saved.money_low !== null &&
    saved.money_high !== null &&
    amountOf(saved.money_low, saved.money_high, work.currency, whole).said;
  return (
    <Figure
      name={t('metrics.saved')}
      help={t('metrics.savedHelp', {
        minutes: work.minutes_per_ticket,
        mistake: work.minutes_per_mistake,
      })}
      value={hours.said}
      note={[
        hours.lost && t('number.lostWhy'),
        money || t('metrics.assumed', { minutes: work.minutes_per_ticket }),
      ]
        .filter(Boolean)
        .join('; ')}
      change={
        // A share of a loss tells nothing.
        saved.hours_high < 0 || before.saved.hours_high < 0
          ? t('metrics.before', { amount: hoursBefore.said })
          : ofNumbers(saved.hours_high, before.saved.hours_high)
      }
    />
  );
}

type TimeProps = {
  name: string;
  help: string;
  of: Spread;
  before: Spread;
  open: (shown: string) => React.ReactNode;
};

function Time({ name, help, of, before, open }: TimeProps) {
  return (
    <Figure
      name={name}
      help={help}
      value={of.median_ms === null ? '–' : open(duration(of.median_ms))}
      note={
        of.median_ms === null
          ? t('number.none')
          : [
              t('metrics.median', { n: of.n }),
              of.p90_ms !== null && t('metrics.p90', { time: duration(of.p90_ms) }),
            ]
              .filter(Boolean)
              .join('; ')
      }
      change={ofNumbers(of.median_ms, before.median_ms)}
    />
  );
}

type FigureProps = {
  name: string;
  help: string;
  value: React.ReactNode;
  note: React.ReactNode;
  change: Change | string | null;
};

function Figure({ name, help, value, note, change }: FigureProps) {
  return (
    <div className={classes.figure}>
      <Tooltip label={help} multiline w={300}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition is reachable by keyboard */}
        <span tabIndex={0} className={classes.defined}>
          {name}
        </span>
      </Tooltip>
      <strong>{value}</strong>
      <span className={classes.note}>{note}</span>
      <span className={classes.note}>{typeof change === 'string' ? change : said(change)}</span>
    </div>
  );
}

/** "▲ 3 points (−1 to 7) on the period before" */
function said(change: Change | null): string {
  if (!change) return t('metrics.nothingBefore');
  const { by, low, high } = change;
  const arrow = by > 0 ? '▲' : by < 0 ? '▼' : '=';
  const size = (value: number) => (Math.abs(value) * 100).toFixed(Math.abs(value) < 0.1 ? 1 : 0);
  const signed = (value: number) => `${value < 0 ? '−' : ''}${size(value)}`;
  return low === undefined || high === undefined
    ? t('metrics.changeShare', { arrow, by: `${size(by)}%` })
    : t('metrics.changePoints', { arrow, by: size(by), low: signed(low), high: signed(high) });
}
