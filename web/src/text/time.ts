// Times as people say them. The moment that "now" is comes in, so that tests can choose it.
import { t } from './t';

const locale = 'en-GB';
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const dayYear = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
const month = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit' });
const minute = 60_000;
const hour = 60 * minute;

let ahead = 0;

/**
 * Times are counted from the server's present, which in the demo's story is not this machine's:
 * `now` there was `heard` here.
 */
export function followServer(now: number, heard: number) {
  ahead = now - heard;
}

/** The server's present. */
export const present = (): number => Date.now() + ahead;

/** Short enough for a list: "now", "12 min", "14:32", "Tue", "3 Nov", "3 Nov 2024". */
export function shortTime(at: number, now = present()): string {
  const age = now - at;
  if (age < minute) return t('time.now');
  if (age < hour) return `${Math.floor(age / minute)} min`;
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return clock.format(then);
  if (age < 6 * 24 * hour) return weekday.format(then);
  return then.getFullYear() === today.getFullYear() ? day.format(then) : dayYear.format(then);
}

/** With the hour, for a conversation: "14:32" today, else "3 Nov, 14:32". */
export function messageTime(at: number, now = present()): string {
  const then = new Date(at);
  if (then.toDateString() === new Date(now).toDateString()) return clock.format(then);
  const sameYear = then.getFullYear() === new Date(now).getFullYear();
  return `${(sameYear ? day : dayYear).format(then)}, ${clock.format(then)}`;
}

/** From 1, Monday. */
export function weekdayName(day: number, length: 'short' | 'long'): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' });
  return name.format(Date.UTC(2024, 0, day));
}

export const fullTime = (at: number): string => full.format(new Date(at));
export const dayOf = (at: number): string => day.format(new Date(at));
export const monthOf = (at: number): string => month.format(new Date(at));

const names = new Intl.DisplayNames(['en'], { type: 'language' });

export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
