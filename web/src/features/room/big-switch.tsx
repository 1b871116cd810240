// One large switch for a category. On shows first what will happen; off acts at once.
import { Switch } from '@mantine/core';
import { t } from '@/text/t';
import classes from './room.module.css';

type Props = {
  name: string;
  /** As it is stored, and as it would be after saving. */
  on: boolean;
  wanted: boolean;
  /** Why nothing is sent though it is on; empty when it is. */
  held: string;
  disabled: boolean;
  toggle: (on: boolean) => void;
};

export function BigSwitch({ name, on, wanted, held, disabled, toggle }: Props) {
  const hint = held
    ? t('switch.held', { why: held })
    : on
      ? t('switch.hint.on')
      : wanted
        ? t('switch.ready')
        : t('switch.hint.off');
  return (
    <div className={classes.bigSwitch} data-state={held ? 'held' : on ? 'on' : 'off'}>
      <Switch
        size="xl"
        onLabel={t('switch.on')}
        offLabel={t('switch.off')}
        aria-label={t('switch.label', { name })}
        aria-describedby="switch-hint"
        disabled={disabled}
        checked={wanted}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
      <div>
        <strong>{t('switch.label', { name })}</strong>
        <p id="switch-hint">{hint}</p>
      </div>
    </div>
  );
}
