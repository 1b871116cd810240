// The pages of the console, in the order of the rail, with their "g" keys.
import type { Role, View } from '@/api/types';
import { type TextKey, t } from '@/text/t';
import type { IconName } from '@/ui/icon';

export const views: { view: View; icon: IconName; key?: string }[] = [
  { view: 'inbox', icon: 'inbox', key: 'i' },
  { view: 'mine', icon: 'mine', key: 'm' },
  { view: 'unassigned', icon: 'empty', key: 'u' },
  { view: 'pending', icon: 'clock' },
  { view: 'on_hold', icon: 'pause' },
  { view: 'solved', icon: 'check' },
  { view: 'all', icon: 'all' },
];

export const viewName = (view: View) => t(`view.${view}`);
export const isView = (name: string): name is View => views.some((known) => known.view === name);

export type PageLink = {
  to:
    | '/categories'
    | '/answers'
    | '/reviews'
    | '/rules'
    | '/metrics'
    | '/mailbox'
    | '/models'
    | '/learning'
    | '/drift'
    | '/experiments'
    | '/audit'
    | '/setup'
    | '/settings'
    | '/people'
    | '/tokens';
  label: TextKey & `nav.${string}`;
  icon: IconName;
  key: string;
  roles?: Role[];
};

export const groups: { label: TextKey & `nav.${string}`; pages: PageLink[] }[] = [
  {
    label: 'nav.automation',
    pages: [
      { to: '/categories', label: 'nav.categories', icon: 'categories', key: 'c' },
      {
        to: '/reviews',
        label: 'nav.reviews',
        icon: 'review',
        key: 'v',
        roles: ['admin', 'agent'],
      },
      { to: '/answers', label: 'nav.answers', icon: 'answers', key: 'a' },
      { to: '/rules', label: 'nav.rules', icon: 'rules', key: 'r' },
      { to: '/learning', label: 'nav.learning', icon: 'learning', key: 't' },
      { to: '/models', label: 'nav.models', icon: 'model', key: 'o' },
      { to: '/drift', label: 'nav.drift', icon: 'drift', key: 'd' },
      { to: '/experiments', label: 'nav.experiments', icon: 'experiment', key: 'e' },
      { to: '/metrics', label: 'nav.metrics', icon: 'metrics', key: 'n' },
    ],
  },
  {
    label: 'nav.company',
    pages: [
      { to: '/mailbox', label: 'nav.mailbox', icon: 'mail', key: 'b', roles: ['admin'] },
      { to: '/audit', label: 'nav.audit', icon: 'audit', key: 'l', roles: ['admin'] },
      { to: '/people', label: 'nav.people', icon: 'people', key: 'p', roles: ['admin'] },
      { to: '/tokens', label: 'nav.tokens', icon: 'key', key: 'k', roles: ['admin'] },
      { to: '/settings', label: 'nav.settings', icon: 'settings', key: 's', roles: ['admin'] },
      { to: '/setup', label: 'nav.setup', icon: 'setup', key: 'f', roles: ['admin'] },
    ],
  },
];

export const allowed = (page: PageLink, role: Role) => !page.roles || page.roles.includes(role);
