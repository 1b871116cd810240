// The four numbers at the top, each with what it counts.
import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Metrics, Spread } from '@/api/types';
import { between, count, duration, percent } from '@/text/number';
import { t } from '@/text/t';
import classes from './metrics.module.css';

export function Figures({ metrics, category }: { metrics: Metrics; category?: string }) {
  const { automation, tickets, from, to } = metrics;
  const { low, high } = automation;
  return (
    <div className={classes.figures}>
      <Figure
        name={t('metrics.automation')}
        help={t('metrics.automationHelp')}
        value={between(low, high, tickets)}
        note={t('metrics.range', { low: percent(low, tickets), high: percent(high, tickets) })}
      />
      <Figure
        name={t('metrics.tickets')}
        value={
          <Link to="/inbox/$view" params={{ view: 'all' }} search={{ from, to, category }}>
            {count(tickets)}
          </Link>
        }
        note={
          <Link
            to="/inbox/$view"
            params={{ view: 'all' }}
            search={{ from, to, category, resolution: 'failed' }}
          >
            {t('metrics.failed', { n: automation.failed })}
          </Link>
        }
      />
      <Time
        name={t('metrics.firstReply')}
        help={t('metrics.firstReplyHelp')}
        of={metrics.first_reply}
      />
      <Time
        name={t('metrics.resolution')}
        help={t('metrics.resolutionHelp')}
        of={metrics.resolution}
      />
    </div>
  );
}

function Time({ name, help, of }: { name: string; help: string; of: Spread }) {
  const known = of.median_ms !== null;
  return (
    <Figure
      name={name}
      help={help}
      value={of.median_ms === null ? '–' : duration(of.median_ms)}
      note={
        known
          ? [
              t('metrics.median', { n: of.n }),
              of.p90_ms !== null && t('metrics.p90', { time: duration(of.p90_ms) }),
            ]
              .filter(Boolean)
              .join('; ')
          : t('number.none')
      }
    />
  );
}

type FigureProps = { name: string; help?: string; value: React.ReactNode; note: React.ReactNode };

function Figure({ name, help, value, note }: FigureProps) {
  return (
    <div className={classes.figure}>
      {help ? (
        <Tooltip label={help} multiline w={300}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition is reachable by keyboard */}
          <span tabIndex={0} className={classes.defined}>
            {name}
          </span>
        </Tooltip>
      ) : (
        <span className={classes.name}>{name}</span>
      )}
      <strong>{value}</strong>
      <span className={classes.note}>{note}</span>
    </div>
  );
}
