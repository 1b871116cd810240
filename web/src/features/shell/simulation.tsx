// In the demo's story: what time it is there, and which chapter is played.
import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/api/queries';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { dayOf, followServer } from '@/text/time';
import classes from './shell.module.css';

/** How often one looks where the story stands. */
const every = 1_500;

export function Simulation() {
  const { now, simulated } = useSession();
  const refetchInterval = simulated && !simulated.over ? every : false;
  const { dataUpdatedAt } = useQuery({ ...sessionQuery, refetchInterval });
  followServer(now, dataUpdatedAt);
  if (!simulated) return null;
  const { day, chapter, chapters, title, over } = simulated;
  const place = { date: dayOf(now), day, chapter, chapters, title };
  return (
    <div className={classes.simulation} role="note">
      {over ? t('simulation.over', place) : t('simulation.playing', place)}
    </div>
  );
}
