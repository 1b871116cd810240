// All words of the console in English, gathered from one file per part.
import { automation } from './en/automation';
import { common } from './en/common';
import { drift } from './en/drift';
import { experiments } from './en/experiments';
import { history } from './en/history';
import { inbox } from './en/inbox';
import { insight } from './en/insight';
import { knowledge } from './en/knowledge';
import { learning } from './en/learning';
import { reviews } from './en/reviews';
import { room } from './en/room';
import { setup } from './en/setup';

export const en = {
  ...common,
  ...inbox,
  ...automation,
  ...history,
  ...drift,
  ...experiments,
  ...knowledge,
  ...learning,
  ...insight,
  ...reviews,
  ...room,
  ...setup,
} as const;
