// An error in its place: what happened, what is safe, what to do, and the request's id.
import { Button } from '@mantine/core';
import { isProblem } from '@/api/problem';
import { t } from '@/text/t';
import { Icon } from './icon';
import classes from './problem-note.module.css';

type Props = { error: unknown; retry?: () => void; compact?: boolean };

export function ProblemNote({ error, retry, compact }: Props) {
  const problem = isProblem(error) ? error : null;
  const help = problem?.type === 'offline' ? t('problem.offlineHelp') : t('problem.help');
  const detail = problem && problem.message !== problem.title ? problem.message : null;
  return (
    <div className={classes.note} role="alert" data-compact={compact}>
      <Icon name="alert" className={classes.icon} />
      <div className={classes.text}>
        <strong>{problem?.title ?? t('problem.unknown')}</strong>
        {detail && <p>{detail}</p>}
        {problem && problem.errors.length > 0 && (
          <ul>
            {problem.errors.map((one) => (
              <li key={`${one.field}${one.message}`}>
                <code>{one.field}</code> {one.message}
              </li>
            ))}
          </ul>
        )}
        {(problem === null || problem.status === 0 || problem.status >= 500) && <p>{help}</p>}
        {problem?.requestId && (
          <p className={classes.request}>{t('problem.request', { id: problem.requestId })}</p>
        )}
        {retry && (
          <Button variant="default" mt={8} onClick={retry}>
            {t('action.retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
