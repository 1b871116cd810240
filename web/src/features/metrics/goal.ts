// A goal as it is written, and as a chart draws it.
import type { GoalPath } from '@/api/types';
import { lengthSetting, setting } from '@/text/number';
import { t } from '@/text/t';
import type { Goal } from '@/ui/charts/time-chart';

export const targetOf = ({ kind, target }: GoalPath) =>
  kind === 'first_reply' ? lengthSetting(target) : setting(Number(target.toFixed(3)));

export function goalOf(goals: GoalPath[], kind: GoalPath['kind']): Goal | undefined {
  const goal = goals.find((one) => one.kind === kind);
  return goal && { value: goal.target, name: t('metrics.goalLine', { target: targetOf(goal) }) };
}
