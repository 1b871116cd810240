// Every category in one line, each number leading to its tickets.
import { Link } from '@tanstack/react-router';
import type { CategoryMetrics, Metrics } from '@/api/types';
import { between, count, duration, rate } from '@/text/number';
import { t } from '@/text/t';
import { Section } from '@/ui/page';
import classes from './metrics.module.css';

export function ByCategory({ metrics }: { metrics: Metrics }) {
  return (
    <Section title={t('metrics.byCategory')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reachable by keyboard */}
      <div className={classes.tableBox} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('metrics.category')}</th>
              <th scope="col">{t('metrics.tickets')}</th>
              <th scope="col">{t('metrics.automation')}</th>
              <th scope="col">{t('metrics.csat')}</th>
              <th scope="col">{t('metrics.firstReply')}</th>
            </tr>
          </thead>
          <tbody>
            {metrics.categories.map((one) => (
              <Row key={one.id} of={one} from={metrics.from} to={metrics.to} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Row({ of, from, to }: { of: CategoryMetrics; from: number; to: number }) {
  return (
    <tr>
      <th scope="row">
        <Link to="/categories/$id" params={{ id: of.id }}>
          {of.name}
        </Link>
      </th>
      <td>
        <Link to="/inbox/$view" params={{ view: 'all' }} search={{ category: of.id, from, to }}>
          {count(of.tickets)}
        </Link>
      </td>
      <td>{of.tickets === 0 ? '–' : between(of.automation_low, of.automation_high, of.tickets)}</td>
      <td>{rate(of.good, of.good + of.bad)}</td>
      <td>{of.first_reply.median_ms === null ? '–' : duration(of.first_reply.median_ms)}</td>
    </tr>
  );
}
