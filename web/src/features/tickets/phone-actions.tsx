// At phone width: the four actions within reach of the thumb.
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import classes from './ticket.module.css';

type Props = { reply: () => void; note: () => void; assign: () => void; solve: () => void };

export function PhoneActions({ reply, note, assign, solve }: Props) {
  const actions = [
    ['reply', t('keys.reply'), reply],
    ['note', t('compose.note'), note],
    ['mine', t('ticket.take'), assign],
    ['check', t('keys.solve'), solve],
  ] as const;
  return (
    <div className={classes.phone}>
      {actions.map(([icon, label, run]) => (
        <button key={icon} type="button" onClick={run}>
          <Icon name={icon} size={18} />
          {label}
        </button>
      ))}
    </div>
  );
}
