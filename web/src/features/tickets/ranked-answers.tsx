// The suggested answers, one under another on the same scale, so that the threshold is one
// line through all of them.
import { Button, Tooltip } from '@mantine/core';
import type { AnswerRef, Ranked, Reading } from '@/api/types';
import { probability } from '@/text/number';
import { t } from '@/text/t';
import { ConfidenceLine } from '@/ui/confidence-line';
import classes from './reading.module.css';

type Props = { reading: Reading; use?: (answer: AnswerRef) => void; using: string | null };

/** Below this an answer is not worth a row of its own; the first always is. */
const WORTH = 0.01;

export function RankedAnswers({ reading, use, using }: Props) {
  const { ranked, threshold } = reading;
  const likely = ranked.filter((one, index) => index === 0 || one.probability >= WORTH);
  const unlikely = ranked.slice(likely.length);
  const row = (one: Ranked, first: boolean) => (
    <Row key={one.answer.id} {...{ one, first, threshold, use, using }} />
  );
  return (
    <section>
      <div className={classes.titleRow}>
        <h2>{t('reading.answers')}</h2>
        {threshold !== null && (
          <span className={classes.help}>
            {t('reading.threshold', { threshold: probability(threshold) })}
          </span>
        )}
      </div>
      <ol className={classes.ranked}>{likely.map((one, index) => row(one, index === 0))}</ol>
      {unlikely.length > 0 && (
        <details className={classes.unlikely}>
          <summary>{t('reading.unlikely', { n: unlikely.length })}</summary>
          <ol className={classes.ranked}>{unlikely.map((one) => row(one, false))}</ol>
        </details>
      )}
    </section>
  );
}

/** An agent may begin with any text there is, also in another language than the ticket's. */
export const usable = (answer: Ranked['answer']) => answer.body_preview !== '';

type RowProps = Omit<Props, 'reading'> & {
  one: Ranked;
  first: boolean;
  threshold: number | null;
};

function Row({ one: { answer, probability: p }, first, threshold, use, using }: RowProps) {
  return (
    <li data-first={first}>
      <div className={classes.answer}>
        <Tooltip
          multiline
          w={320}
          position="left"
          label={answer.body_preview || t('reading.unsendableHelp')}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the text is reachable by keyboard */}
          <span className={classes.answerTitle} tabIndex={0}>
            {answer.title}
          </span>
        </Tooltip>
        <span className={classes.value}>{probability(p)}</span>
      </div>
      <div className={classes.answer}>
        <span className={classes.scale}>
          <ConfidenceLine probability={p} threshold={threshold} />
        </span>
        {use &&
          (usable(answer) ? (
            <Button
              size="compact-xs"
              variant={first ? 'filled' : 'default'}
              loading={using === answer.id}
              aria-label={t('reading.useThis', { title: answer.title })}
              onClick={() => use(answer)}
            >
              {t('reading.use')}
            </Button>
          ) : (
            <span className={classes.help}>{t('reading.unsendable')}</span>
          ))}
      </div>
    </li>
  );
}
