// Acts of mending: who, when, how the tickets were found, and the way back.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { mendsQuery } from '@/api/queries';
import type { Mend } from '@/api/types';
import { isAdmin, useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { ProblemNote } from '@/ui/problem-note';
import classes from './learning.module.css';
import { useUndo } from './use-undo';

export function Mends() {
  const query = useQuery(mendsQuery);
  if (query.isPending) return <Bones rows={2} height={44} />;
  if (query.isError) return <ProblemNote error={query.error} retry={() => query.refetch()} />;
  const { items } = query.data;
  if (items.length === 0) return <p className={classes.muted}>{t('learning.actsNone')}</p>;
  return (
    <ul className={classes.list}>
      {items.map((act) => (
        <Act key={act.id} act={act} />
      ))}
    </ul>
  );
}

function Act({ act }: { act: Mend }) {
  const admin = isAdmin(useSession());
  const undo = useUndo();
  const answer = act.answer?.title ?? t('learning.noAnswer');
  return (
    <li className={classes.row} data-undone={act.undone_at !== null}>
      <div className={classes.what}>
        <strong>{t('learning.act', { n: act.tickets, answer })}</strong>
        <p className={classes.said}>
          {[
            act.found && t('learning.actFound', { found: act.found }),
            t('learning.actBy', {
              name: act.by ?? t('learning.someone'),
              time: messageTime(act.created_at),
            }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {act.undone_at !== null ? (
        <span className={classes.muted}>
          {t('learning.undone', { time: messageTime(act.undone_at) })}
        </span>
      ) : (
        admin && (
          <Button
            variant="default"
            size="xs"
            loading={undo.isPending}
            onClick={() => undo.mutate(act.id)}
          >
            {t('action.undo')}
          </Button>
        )
      )}
    </li>
  );
}
