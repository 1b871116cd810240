// The words that spoke for the first answer, and those against it.
import type { Reading } from '@/api/types';
import { t } from '@/text/t';
import classes from './reading.module.css';

export function Why({ words }: { words: Reading['why'] }) {
  if (words.length === 0) return null;
  const most = Math.max(...words.map((one) => Math.abs(one.weight)), 1e-9);
  return (
    <section>
      <h2 title={t('reading.whyHelp')}>{t('reading.why')}</h2>
      <ul className={classes.why} aria-label={t('reading.whyHelp')}>
        {words.map(({ word, weight }) => (
          <li key={word}>
            <span className={classes.word}>{word}</span>
            <span className={classes.bar} aria-hidden="true">
              <span
                data-against={weight < 0}
                style={{ width: `${(Math.abs(weight) / most) * 100}%` }}
              />
            </span>
            <span className={classes.value}>
              {weight < 0 ? '−' : '+'}
              {Math.abs(weight).toFixed(2)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
