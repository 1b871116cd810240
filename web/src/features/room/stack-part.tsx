// The stack of responders, in the order in which they are asked, each measured on the same scale.
import { useQuery } from '@tanstack/react-query';
import { stackQuery } from '@/api/queries';
import type { Layer, Stack } from '@/api/types';
import { count, duration, percent } from '@/text/number';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import { Defined } from '@/ui/defined';
import { ResponderMark } from '@/ui/marks';
import { Section } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import { roughly } from './curve';
import classes from './room.module.css';

export function StackPart({ id }: { id: string }) {
  const query = useQuery(stackQuery(id));
  return (
    <Section title={t('stack.title')} lead={t('stack.lead')}>
      {query.isPending && <Bones rows={4} height={44} />}
      {query.isError && <ProblemNote error={query.error} retry={() => query.refetch()} />}
      {query.data && query.data.tickets === 0 && (
        <p className={classes.muted}>{t('stack.empty')}</p>
      )}
      {query.data && query.data.tickets > 0 && <Layers stack={query.data} />}
    </Section>
  );
}

function Layers({ stack }: { stack: Stack }) {
  return (
    <>
      <p className={classes.muted}>
        {t('stack.never')}: {t('stack.neverOf', { n: stack.never })}.
        {stack.open > 0 && ` ${t('stack.open', { n: stack.open })}.`}
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('stack.responder')}</th>
            <th scope="col">{t('stack.taken')}</th>
            <th scope="col">{t('stack.handedOn')}</th>
            <th scope="col">
              <Defined word={t('stack.resolution')} by={t('stack.resolutionHelp')} />
            </th>
            <th scope="col">
              <Defined word={t('stack.csat')} by={t('stack.csatHelp')} />
            </th>
            <th scope="col">{t('stack.reply')}</th>
            <th scope="col" className={classes.number}>
              <Defined
                word={t('stack.time')}
                by={t('stack.timeHelp', { ticket: stack.assumed.minutes_per_ticket })}
              />
            </th>
          </tr>
        </thead>
        <tbody>
          {stack.layers.map((layer) => (
            <Row key={layer.responder} layer={layer} all={stack.tickets} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ layer, all }: { layer: Layer; all: number }) {
  const { csat } = layer;
  return (
    <tr>
      <th scope="row">
        <ResponderMark responder={layer.responder} named />
      </th>
      <td data-label={t('stack.taken')}>
        {percent(layer.taken / all, all)}
        <small>{t('stack.takenOf', { n: layer.taken, all })}</small>
      </td>
      <td data-label={t('stack.handedOn')}>
        {layer.responder === 'agent' ? '–' : count(layer.handed_on)}
      </td>
      <td data-label={t('stack.resolution')}>
        <Resolution layer={layer} />
      </td>
      <td data-label={t('stack.csat')}>
        {csat.of > 0 ? percent(csat.count / csat.of, csat.of) : '–'}
        {layer.csat_worst !== null && layer.csat_best !== null && (
          <small>
            {t('number.of', { n: csat.of })};{' '}
            {t('stack.csatBounds', {
              low: percent(layer.csat_worst).replace('%', ''),
              high: percent(layer.csat_best),
            })}
          </small>
        )}
      </td>
      <td data-label={t('stack.reply')}>
        {layer.median_reply_ms === null ? '–' : duration(layer.median_reply_ms)}
      </td>
      <td data-label={t('stack.time')} className={classes.number}>
        {layer.agent_minutes > 0
          ? t('room.hoursOf', { hours: roughly(layer.agent_minutes / 60) })
          : '–'}
      </td>
    </tr>
  );
}

const parts = ['confirmed', 'silent', 'failed', 'undecided'] as const;

function Resolution({ layer }: { layer: Layer }) {
  if (layer.taken === 0) return '–';
  const words = t('stack.resolutionOf', layer);
  return (
    <span className={classes.resolution}>
      <span className={classes.bar} role="img" aria-label={words}>
        {parts.map((part) => (
          <span key={part} data-part={part} style={{ flexGrow: layer[part] }} />
        ))}
      </span>
      <small aria-hidden="true">
        {parts
          .slice(0, 3)
          .map((part) => percent(layer[part] / layer.taken, layer.taken))
          .join(' · ')}
      </small>
    </span>
  );
}
