// At phone width: the four pages one needs on the way, and the rest behind "More".
import { Drawer, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import { SchemeItems, useSignOut } from './account-menu';
import { allowed, groups } from './nav';
import { PageItem } from './rail';
import classes from './shell.module.css';
import { useWaiting } from './use-waiting';

export function BottomBar() {
  const { user } = useSession();
  const [opened, { open, close }] = useDisclosure(false);
  const waiting = useWaiting();
  const signOut = useSignOut();
  return (
    <nav className={classes.bottom} aria-label={t('app.menu')}>
      <Link to="/inbox/$view" params={{ view: 'inbox' }}>
        <Icon name="inbox" size={18} />
        {t('nav.inbox')}
      </Link>
      <Link to="/answers">
        <Icon name="answers" size={18} />
        {t('nav.answers')}
      </Link>
      <Link to="/metrics">
        <Icon name="metrics" size={18} />
        {t('nav.metrics')}
      </Link>
      <button type="button" onClick={open} aria-haspopup="dialog">
        <Icon name="more" size={18} />
        {t('nav.more')}
      </button>
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        size="min(660px, 85dvh)"
        title={user.name}
      >
        <div className={classes.sheet}>
          {groups
            .flatMap((group) => group.pages)
            .filter((page) => allowed(page, user.role))
            .map((page) => (
              <PageItem
                key={page.to}
                page={page}
                waiting={waiting.pages[page.to]}
                onClick={close}
              />
            ))}
          <Menu>
            <Menu.Target>
              <button type="button" className={`${classes.link} ${classes.plain}`}>
                <Icon name="moon" />
                {t('nav.scheme')}
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <SchemeItems />
            </Menu.Dropdown>
          </Menu>
          <button type="button" className={`${classes.link} ${classes.plain}`} onClick={signOut}>
            <Icon name="out" />
            {t('nav.signOut')}
          </button>
        </div>
      </Drawer>
    </nav>
  );
}
