// Past tickets on both sides of a threshold, right and wrong ones marked.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { examplesQuery } from '@/api/queries';
import type { Example } from '@/api/types';
import { probability } from '@/text/number';
import { t } from '@/text/t';
import { Bones } from '@/ui/bones';
import classes from './room.module.css';

export function ExamplesPart({ id, threshold }: { id: string; threshold: number }) {
  const query = useQuery(examplesQuery(id, threshold));
  return (
    <section className={classes.examples} data-stale={query.isPlaceholderData}>
      <h3>{t('examples.title', { threshold: probability(threshold) })}</h3>
      {query.isPending && <Bones rows={3} height={40} />}
      {query.data && (
        <div className={classes.sides}>
          <Side title={t('examples.above')} items={query.data.above} />
          <Side title={t('examples.below')} items={query.data.below} />
        </div>
      )}
    </section>
  );
}

function Side({ title, items }: { title: string; items: Example[] }) {
  return (
    <div>
      <h4>{title}</h4>
      {items.length === 0 && <p className={classes.muted}>{t('examples.none')}</p>}
      <ul>
        {items.map((one) => (
          <li key={one.number}>
            <span className={classes.verdict} data-right={one.right}>
              {one.right ? t('examples.right') : t('examples.wrong')}
            </span>
            <Link to="/tickets/$number" params={{ number: String(one.number) }}>
              {one.title}
            </Link>
            <small>
              {probability(one.score)} ·{' '}
              {one.right
                ? one.predicted.title
                : t('examples.instead', {
                    sent: one.predicted.title,
                    right: one.answer?.title ?? t('examples.nothing'),
                  })}
            </small>
          </li>
        ))}
      </ul>
    </div>
  );
}
