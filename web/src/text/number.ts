// Numbers as a person reads them: a rate comes with its count and its interval, and shows
// as many digits as the count supports.
import { t } from './t';

const locale = 'en';
const whole = new Intl.NumberFormat(locale);

export const count = (value: number): string => whole.format(value);

/** A count that went no further than `most`. */
export const upTo = (most: number, value: number): string =>
  value < most ? count(value) : `${count(most)}+`;

/** A share of 0–1 in percent; one digit after the point once the count supports it. */
export function percent(share: number, n = 0): string {
  if (share === 0 || share === 1) return `${share * 100}%`;
  const digits = n >= 1000 ? 1 : 0;
  const value = share * 100;
  const text = value.toFixed(digits);
  // 99.96% of 1,204 is not 100%: only a whole is called one.
  if (share < 1 && Number(text) === 100) return `>${(100 - 10 ** -digits).toFixed(digits)}%`;
  if (share > 0 && Number(text) === 0) return `<${(10 ** -digits).toFixed(digits)}%`;
  return `${text}%`;
}

/** A setting, such as a target precision: as many digits as it has. */
export function setting(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

/** A probability with two digits, three close to one, where they decide. */
export function probability(value: number): string {
  if (value >= 0.995 && value < 1) return value >= 0.9995 ? '>0.999' : value.toFixed(3);
  if (value > 0 && value < 0.005) return '<0.01';
  return value.toFixed(2);
}

export type Interval = { low: number; high: number };

/** Wilson's score interval at 95% for `hits` of `n`. */
export function wilson(hits: number, n: number): Interval | null {
  if (n <= 0) return null;
  const z = 1.959963984540054;
  const share = hits / n;
  const z2 = z * z;
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** One edge of an interval, without its sign. */
export const bound = (share: number, n: number) =>
  (share * 100).toFixed(n >= 1000 ? 1 : 0).replace(/\.0$/, '');

/** "62% of 1,204; 59–65%" */
export function rate(hits: number, n: number): string {
  const interval = wilson(hits, n);
  if (!interval) return t('number.none');
  return t('number.rate', {
    rate: percent(hits / n, n),
    count: n,
    low: bound(interval.low, n),
    high: `${bound(interval.high, n)}%`,
  });
}

/** Bounds of a rate: "41–58%", or one number where they meet. */
export function between(low: number, high: number, n = 0): string {
  const [a, b] = [percent(low, n), percent(high, n)];
  return a === b ? a : `${a.replace('%', '')}–${b}`;
}

export function bytes(value: number): string {
  if (value < 1000) return `${value} B`;
  if (value < 1_000_000) return `${Math.round(value / 1000)} kB`;
  return `${(value / 1_000_000).toFixed(1)} MB`;
}

/** A duration in the largest fitting unit: "42 s", "3.5 h", "2.1 d". */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = seconds / 60;
  if (minutes < 90) return `${Math.round(minutes)} min`;
  const hours = minutes / 60;
  if (hours < 48) return `${hours < 10 ? hours.toFixed(1) : Math.round(hours)} h`;
  return `${(hours / 24).toFixed(1)} d`;
}

const wholes = [
  { unit: 'd', ms: 86_400_000, least: 2 },
  { unit: 'h', ms: 3_600_000, least: 1 },
  { unit: 'min', ms: 60_000, least: 1 },
];

/** A duration that someone chose, in the largest unit in which it is whole: "8 h", "90 min". */
export function lengthSetting(ms: number): string {
  const whole = wholes.find((one) => ms >= one.least * one.ms && ms % one.ms === 0);
  return whole ? `${ms / whole.ms} ${whole.unit}` : duration(ms);
}
