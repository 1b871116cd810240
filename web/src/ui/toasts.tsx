// Short messages at the edge of the window, read out politely, with an undo where there is one.
// The list lives outside React: a message may outlive the page that caused it.
import { Button, CloseButton } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { t } from '@/text/t';
import classes from './toasts.module.css';

export type Toast = {
  id: string;
  text: string;
  tone?: 'plain' | 'danger';
  action?: { label: string; run: () => void };
  second?: { label: string; run: () => void };
  /** Milliseconds until it goes by itself; errors stay longer. */
  stay?: number;
  /** Draws how much of `stay` is left. */
  countdown?: boolean;
};

let list: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();

function publish(changed: Toast[]) {
  list = changed;
  for (const listener of listeners) listener();
}

export function dismiss(id: string) {
  clearTimeout(timers.get(id));
  timers.delete(id);
  publish(list.filter((toast) => toast.id !== id));
}

export function toast(options: Omit<Toast, 'id'> & { id?: string }): string {
  const id = options.id ?? `toast-${next++}`;
  clearTimeout(timers.get(id));
  const made = { ...options, id };
  const known = list.some((other) => other.id === id);
  publish(
    known ? list.map((other) => (other.id === id ? made : other)) : [...list.slice(-3), made],
  );
  const stay = options.stay ?? (options.tone === 'danger' ? 12_000 : 5_000);
  timers.set(
    id,
    setTimeout(() => dismiss(id), stay),
  );
  return id;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, () => list);
  return (
    <section className={classes.region} aria-label={t('toast.region')} aria-live="polite">
      {toasts.map((item) => (
        <div key={item.id} className={classes.toast} data-tone={item.tone ?? 'plain'}>
          <span className={classes.text}>{item.text}</span>
          {[item.second, item.action].map(
            (action) =>
              action && (
                <Button
                  key={action.label}
                  size="compact-sm"
                  variant="subtle"
                  className={classes.action}
                  onClick={() => {
                    dismiss(item.id);
                    action.run();
                  }}
                >
                  {action.label}
                </Button>
              ),
          )}
          <CloseButton
            size="sm"
            className={classes.close}
            aria-label={t('action.dismiss')}
            onClick={() => dismiss(item.id)}
          />
          {item.countdown && (
            <span
              aria-hidden="true"
              className={classes.countdown}
              style={{ animationDuration: `${item.stay ?? 5_000}ms` }}
            />
          )}
        </div>
      ))}
    </section>
  );
}
