// Who is signed in, the colours, and the way out.
import { Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '@/api/client';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import { reportError } from '@/ui/report';
import classes from './shell.module.css';

export function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await api.delete('/session');
      await navigate({ to: '/sign-in', search: {} });
      client.clear();
    } catch (error) {
      reportError(error);
    }
  };
}

export function SchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const schemes = [
    ['light', 'sun', 'nav.light'],
    ['dark', 'moon', 'nav.dark'],
    ['auto', 'settings', 'nav.system'],
  ] as const;
  return schemes.map(([scheme, icon, label]) => (
    <Menu.Item
      key={scheme}
      leftSection={<Icon name={icon} />}
      rightSection={colorScheme === scheme ? <Icon name="check" /> : null}
      onClick={() => setColorScheme(scheme)}
    >
      {t(label)}
    </Menu.Item>
  ));
}

export function AccountMenu() {
  const { user } = useSession();
  const signOut = useSignOut();
  return (
    <Menu position="top-start" width={196}>
      <Menu.Target>
        <button type="button" className={classes.account} aria-label={t('nav.account')}>
          <span>{user.name}</span>
          <span>{t(`role.${user.role}`)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="out" />} onClick={signOut}>
          {t('nav.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
