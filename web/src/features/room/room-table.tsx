// The control room's table: every category with its numbers, what is worth doing next first.
import { Link } from '@tanstack/react-router';
import type { Room, RoomRow, Share } from '@/api/types';
import { ModeMark } from '@/features/automation/mode-mark';
import { bound, count, percent, setting } from '@/text/number';
import { saved } from '@/text/saved';
import { t } from '@/text/t';
import { Defined } from '@/ui/defined';
import { roughly } from './curve';
import { nextText } from './next-text';
import classes from './room.module.css';
import { Sparkline } from './sparkline';

export function RoomTable({ room }: { room: Room }) {
  const assumed = {
    ticket: room.assumed.minutes_per_ticket,
    mistake: room.assumed.minutes_per_mistake,
  };
  return (
    <>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('categories.name')}</th>
            <th scope="col">
              <Defined word={t('room.tickets')} by={t('room.ticketsHelp')} />
            </th>
            <th scope="col">
              <Defined word={t('room.coverage')} by={t('room.coverageHelp')} />
            </th>
            <th scope="col">
              <Defined word={t('room.precision')} by={t('room.precisionHelp')} />
            </th>
            <th scope="col">
              <Defined word={t('room.csat')} by={t('room.csatHelp')} />
            </th>
            <th scope="col">
              <Defined word={t('room.reopened')} by={t('room.reopenedHelp')} />
            </th>
            <th scope="col" className={classes.number}>
              <Defined word={t('room.hours')} by={t('room.hoursHelp', assumed)} />
            </th>
          </tr>
        </thead>
        <tbody>
          {room.items.map((row) => (
            <Row key={row.category.id} row={row} />
          ))}
        </tbody>
      </table>
      <p className={classes.muted}>{t('room.assumed', assumed)}</p>
    </>
  );
}

function Row({ row }: { row: RoomRow }) {
  const { category, next } = row;
  return (
    <tr data-step={next.step}>
      <th scope="row">
        <Link to="/categories/$id" params={{ id: category.id }} className={classes.name}>
          {category.name}
        </Link>
        <span className={classes.next} data-step={next.step}>
          {nextText(row)}
        </span>
        <span className={classes.state}>
          <ModeMark mode={row.mode} effective={row.effective} rollout={row.rollout} />
          {row.effective !== row.mode && (
            <span
              className={classes.acts}
              data-paused={row.guardrail === 'paused'}
              title={row.effective_why}
            >
              {t(`room.guardrail.${row.guardrail}`)}
            </span>
          )}
          {row.guardrail === 'watching' && (
            <span className={classes.muted}>
              {t('room.guardrail')}: {t('room.guardrail.watching')}
            </span>
          )}
          {row.parent && (
            <span className={classes.muted}>{t('room.partOf', { name: row.parent.name })}</span>
          )}
        </span>
      </th>
      <td data-label={t('room.tickets')}>
        <span className={classes.volume}>
          {count(row.tickets)}
          <Sparkline name={category.name} weeks={row.trend} />
        </span>
      </td>
      <td data-label={t('room.coverage')}>
        <Coverage row={row} />
      </td>
      <td data-label={t('room.precision')}>
        <Precision row={row} />
      </td>
      <td data-label={t('room.csat')}>
        <Pair a={row.csat_automatic} b={row.csat_people} counts="room.counts" />
      </td>
      <td data-label={t('room.reopened')}>
        <Pair a={row.reopened_automatic} b={row.reopened_people} counts="room.reopenedCounts" />
      </td>
      <td data-label={t('room.hours')} className={classes.number}>
        {hours(row)}
      </td>
    </tr>
  );
}

function Coverage({ row }: { row: RoomRow }) {
  const { covered, expected } = row;
  if (covered.of > 0) {
    return (
      <>
        {percent(covered.count / covered.of, covered.of)}
        <small>{t('number.of', { n: covered.of })}</small>
      </>
    );
  }
  if (expected.of === 0 || expected.count === 0) return <None />;
  return (
    <span className={classes.muted}>
      {percent(expected.count / expected.of, expected.of)}
      <small>{t('room.expected', { n: expected.of })}</small>
    </span>
  );
}

function Precision({ row }: { row: RoomRow }) {
  const { reviewed } = row;
  const target = setting(row.target);
  return (
    <>
      <span className={row.proved ? undefined : classes.muted}>
        {row.proved ? t('room.promised', { target }) : t('room.aimed', { target })}
      </span>
      {reviewed.of > 0 ? (
        <small>
          {t('room.measured', {
            rate: percent(reviewed.count / reviewed.of, reviewed.of),
            n: reviewed.of,
            low: bound(reviewed.low, reviewed.of),
            high: `${bound(reviewed.high, reviewed.of)}%`,
          })}
        </small>
      ) : (
        row.guardrail !== 'off' && <small>{t('room.noReviews')}</small>
      )}
    </>
  );
}

/** Automatic answers against people's, with what both were counted from. */
function Pair(props: { a: Share; b: Share; counts: 'room.counts' | 'room.reopenedCounts' }) {
  const { a, b, counts } = props;
  if (a.of + b.of === 0) return <None />;
  const said = (share: Share) => (share.of > 0 ? percent(share.count / share.of, share.of) : '–');
  return (
    <>
      {t('room.against', { automatic: said(a), people: said(b) })}
      <small>{t(counts, { a: a.of, b: b.of })}</small>
    </>
  );
}

function hours(row: RoomRow): React.ReactNode {
  if (row.hours_low === 0 && row.hours_high === 0) return <None />;
  const { said, lost } = saved(row.hours_low, row.hours_high, 'h', roughly);
  return (
    <>
      {said}
      {lost && <small className={classes.why}>{t('number.lostWhy')}</small>}
    </>
  );
}

const None = () => <span className={classes.muted}>–</span>;
