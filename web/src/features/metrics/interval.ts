// What a rate counts, and its interval: "of 1,204; 59–65%".
import type { RateOf } from '@/api/types';
import { bound } from '@/text/number';
import { t } from '@/text/t';

export function interval({ rate, of, low, high }: RateOf): string {
  if (rate === null) return t('number.none');
  return t('metrics.interval', { n: of, low: bound(low, of), high: bound(high, of) });
}
