// The team's goals: where each stands, how fast it moves, and when it would be reached so.
import type { GoalPath, Metrics } from '@/api/types';
import { between, duration } from '@/text/number';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { Section } from '@/ui/page';
import { targetOf } from './goal';
import classes from './metrics.module.css';

export function Goals({ metrics }: { metrics: Metrics }) {
  return (
    <Section title={t('metrics.goals')}>
      <ul className={classes.goals}>
        {metrics.goals.map((goal) => (
          <li key={goal.kind} data-reached={goal.reached}>
            <strong>{t(`metrics.goal.${goal.kind}`, { target: targetOf(goal) })}</strong>
            <span>{t(`metrics.reached.${goal.reached}`)}</span>
            {goal.value !== null && <span>{standing(goal)}</span>}
            <span className={classes.note}>{pace(goal)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function standing(goal: GoalPath): string {
  const { kind, low, high, value } = goal;
  if (value === null || low === null || high === null) return t('number.none');
  return kind === 'first_reply' ? duration(value) : between(low, high);
}

function pace(goal: GoalPath): string {
  const { pace } = goal;
  if (!pace) return t('metrics.noPace');
  const size =
    goal.kind === 'first_reply'
      ? duration(Math.abs(pace.per_week))
      : `${(Math.abs(pace.per_week) * 100).toFixed(1)} ${t('metrics.points')}`;
  const moves = t('metrics.pace', { arrow: pace.per_week < 0 ? '▼' : '▲', size });
  if (goal.reached === 'met') return moves;
  return pace.reached_at === null
    ? `${moves}; ${t('metrics.notAtThisPace')}`
    : `${moves}; ${t('metrics.reachedAt', { day: dayOf(pace.reached_at) })}`;
}
