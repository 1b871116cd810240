// What is worth doing next in a category, and why, in words.
import type { RoomRow } from '@/api/types';
import { setting } from '@/text/number';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';

export function nextText(row: RoomRow): string {
  const n = row.next.answers ?? 0;
  const target = setting(row.target);
  switch (row.next.step) {
    case 'resume':
      return t('room.resume', { when: row.paused_at === null ? '' : messageTime(row.paused_at) });
    case 'turn_on':
      return t('room.turn_on', { n, target });
    case 'widen':
      return t('room.widen', { n });
    case 'shadow':
      return t('room.shadow', { n, target });
    case 'collect':
      return t('room.collect', { n: row.next.more ?? 1 });
    case 'keep':
      return t('room.keep', { n });
    case 'leave':
      return t('room.leave', { target });
    case 'look_closer':
      return t('room.look_closer');
    case 'quiet':
      return t('room.quiet');
  }
}
