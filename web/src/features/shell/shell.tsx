// The frame of every page: the rail on the left, at phone width a bar at the bottom.
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useMatch, useNavigate } from '@tanstack/react-router';
import { useLiveEvents } from '@/api/live';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { useKeepFocus } from '@/ui/keep-focus';
import { BottomBar } from './bottom-bar';
import { type KeyMap, useKeys } from './keys';
import { allowed, groups, views } from './nav';
import { Rail } from './rail';
import classes from './shell.module.css';
import { Shortcuts } from './shortcuts';
import { Simulation } from './simulation';

export function Shell() {
  useLiveEvents();
  useKeepFocus();
  const session = useSession();
  const navigate = useNavigate();
  const [help, { toggle, close }] = useDisclosure(false);

  // At phone width an open ticket has its own actions there.
  const inTicket = useMatch({ from: '/_app/inbox/$view/$number', shouldThrow: false });

  const keys: KeyMap = { '?': toggle };
  for (const { view, key } of views) {
    if (key) keys[`g ${key}`] = () => navigate({ to: '/inbox/$view', params: { view } });
  }
  for (const page of groups.flatMap((group) => group.pages)) {
    if (allowed(page, session.user.role)) keys[`g ${page.key}`] = () => navigate({ to: page.to });
  }
  useKeys(keys);

  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('app.skip')}
      </a>
      <Rail openShortcuts={toggle} />
      <main id="content" className={classes.content} tabIndex={-1}>
        <Simulation />
        <div className={classes.outlet}>
          <Outlet />
        </div>
      </main>
      {!inTicket && <BottomBar />}
      <Shortcuts opened={help} close={close} />
    </div>
  );
}
