// Work that was saved, or lost: a minus sign is easily read over, a word is not.
import { t } from './t';

export type Saved = {
  said: string;
  /** Even at best. */
  lost: boolean;
};

/** "64–133 h", "12 h lost to 30 h saved" or "4–12 h lost", with `write` for the digits. */
export function saved(
  low: number,
  high: number,
  unit: string,
  write: (size: number) => string,
): Saved {
  const size = (value: number) => write(Math.abs(value));
  const amount = (a: string, b = a) => `${a === b ? a : `${a}–${b}`} ${unit}`;
  // What rounds to nothing is no loss.
  const isLoss = (value: number) => value < 0 && size(value) !== write(0);
  if (isLoss(high)) {
    return { said: t('number.lost', { amount: amount(size(high), size(low)) }), lost: true };
  }
  if (isLoss(low)) {
    const ends = { lost: amount(size(low)), saved: amount(size(high)) };
    return { said: t('number.lostToSaved', ends), lost: false };
  }
  return { said: amount(size(low), size(high)), lost: false };
}
