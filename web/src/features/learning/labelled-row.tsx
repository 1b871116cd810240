// A labelled ticket: what it asks, what it teaches, and what everyone said of it.
import { Checkbox } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { LabelledTicket } from '@/api/types';
import { percent } from '@/text/number';
import { t } from '@/text/t';
import { fullTime, shortTime } from '@/text/time';
import classes from './learning.module.css';

type Props = {
  item: LabelledTicket;
  selected: boolean;
  /** Shift takes all from the row before. */
  select?: (on: boolean, through: boolean) => void;
};

const title = (answer: { title: string } | null) => answer?.title ?? t('learning.noAnswer');

/** What each source said, in words; the label first. */
function said(item: LabelledTicket): string[] {
  const label = `${t('learning.labelSays', { answer: title(item.answer) })} ${t(`learning.source.${item.source}`)}`;
  const agents = item.choice !== null && item.source !== 'agent';
  const agent = item.chosen
    ? t('learning.agentSays', { answer: item.chosen.title })
    : t('learning.agentFree');
  return [
    label,
    agents && agent,
    item.edited !== null &&
      item.edited > 0 &&
      t('learning.edited', { share: percent(item.edited) }),
    item.customer && t(`learning.customer.${item.customer}`),
  ].filter((part) => typeof part === 'string');
}

export function LabelledRow({ item, selected, select }: Props) {
  return (
    <li className={classes.row} data-selected={selected}>
      {select && (
        <Checkbox
          size="xs"
          aria-label={t('learning.select', { number: item.number })}
          checked={selected}
          onChange={(event) => {
            const native = event.nativeEvent;
            const through = 'shiftKey' in native && native.shiftKey === true;
            select(event.currentTarget.checked, through);
          }}
        />
      )}
      <div className={classes.what}>
        <Link
          to="/inbox/$view/$number"
          params={{ view: 'all', number: item.number }}
          className={classes.title}
        >
          <span className={classes.muted}>#{item.number}</span>{' '}
          {item.subject || item.excerpt || t('ticket.subjectless')}
        </Link>
        {item.subject && <p className={classes.excerpt}>{item.excerpt}</p>}
        <p className={classes.said}>{said(item).join(' · ')}</p>
      </div>
      <div className={classes.teaches}>
        <strong>
          {item.mended
            ? t('learning.teachesNow', { answer: title(item.mended_answer) })
            : t('learning.teaches', { answer: title(item.answer) })}
        </strong>
        <span className={classes.muted} title={fullTime(item.created_at)}>
          {item.similarity === null
            ? shortTime(item.created_at)
            : t('learning.similarity', { value: item.similarity.toFixed(2) })}
        </span>
      </div>
    </li>
  );
}
