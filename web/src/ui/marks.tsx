// Small marks that say something by shape and letter as well as by hue.
import { Tooltip } from '@mantine/core';
import type { Responder, Status } from '@/api/types';
import { t } from '@/text/t';
import classes from './marks.module.css';

export function ResponderMark({ responder, named }: { responder: Responder; named?: boolean }) {
  const name = t(`responder.${responder}`);
  const letter = (
    <span className={classes.letter} data-responder={responder} aria-hidden="true">
      {t(`responder.${responder}.letter`)}
    </span>
  );
  if (named) {
    return (
      <span className={classes.named}>
        {letter}
        {name}
      </span>
    );
  }
  return (
    <Tooltip label={name}>
      <span className={classes.named}>
        {letter}
        <span className="visually-hidden">{name}</span>
      </span>
    </Tooltip>
  );
}

const shapes: Record<Status, React.ReactNode> = {
  new: <circle cx="6" cy="6" r="4.5" fill="currentColor" stroke="none" />,
  open: <circle cx="6" cy="6" r="4" />,
  pending: (
    <>
      <circle cx="6" cy="6" r="4" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" stroke="none" />
    </>
  ),
  on_hold: <path d="M4 2.5v7M8 2.5v7" />,
  solved: <path d="M2 6.5l2.7 2.7L10 3.5" />,
  closed: <path d="M3 3l6 6M9 3l-6 6" />,
};

export function StatusMark({ status, named }: { status: Status; named?: boolean }) {
  const name = t(`status.${status}`);
  return (
    <span className={classes.status} data-status={status} title={named ? undefined : name}>
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
          {shapes[status]}
        </g>
      </svg>
      {named ? name : <span className="visually-hidden">{name}</span>}
    </span>
  );
}
