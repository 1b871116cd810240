// Eight weeks of a category in one small drawing: all tickets, and those answered by themselves.
import type { RoomWeek } from '@/api/types';
import { count } from '@/text/number';
import { t } from '@/text/t';
import { areaPath, linePath } from '@/ui/charts/scale';
import classes from './room.module.css';

const width = 72;
const height = 22;

export function Sparkline({ name, weeks }: { name: string; weeks: RoomWeek[] }) {
  const top = Math.max(1, ...weeks.map((week) => week.tickets));
  const at = (value: number, index: number): [number, number] => [
    (index / Math.max(1, weeks.length - 1)) * width,
    1 + (height - 2) * (1 - value / top),
  ];
  const automatic = weeks.map((week, index) => at(week.automatic, index));
  return (
    <svg
      className={classes.spark}
      width={width}
      height={height}
      role="img"
      aria-label={t('room.trend', {
        name,
        values: weeks.map((week) => count(week.tickets)).join(', '),
      })}
    >
      <path
        className={classes.sparkAutomatic}
        d={areaPath(
          automatic,
          automatic.map(([x]) => [x, height - 1]),
        )}
      />
      <path
        className={classes.sparkAll}
        d={linePath(weeks.map((week, index) => at(week.tickets, index)))}
      />
    </svg>
  );
}
