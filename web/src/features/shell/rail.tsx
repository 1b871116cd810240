// The rail: the inbox's views with their counts, then the other pages.
import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useSession } from '@/features/session/use-session';
import { count } from '@/text/number';
import { t } from '@/text/t';
import { Icon } from '@/ui/icon';
import { AccountMenu } from './account-menu';
import { allowed, groups, type PageLink, viewName, views } from './nav';
import classes from './shell.module.css';
import { useWaiting, type Waiting } from './use-waiting';

export function Rail({ openShortcuts }: { openShortcuts: () => void }) {
  const session = useSession();
  const waiting = useWaiting();
  return (
    <nav className={classes.rail} aria-label={t('app.menu')}>
      <div className={classes.company}>
        <span className={classes.swatch} style={{ background: session.company.colour }} />
        <span>{session.company.name}</span>
      </div>
      <div className={classes.scroll}>
        <div className={classes.group}>
          <ViewLinks counts={waiting.views} />
        </div>
        {groups.map((group) => {
          const pages = group.pages.filter((page) => allowed(page, session.user.role));
          return (
            pages.length > 0 && (
              <div key={group.label} className={classes.group}>
                <div className={classes.groupName}>{t(group.label)}</div>
                {pages.map((page) => (
                  <PageItem key={page.to} page={page} waiting={waiting.pages[page.to]} />
                ))}
              </div>
            )
          );
        })}
      </div>
      <div className={classes.foot}>
        <AccountMenu />
        <Tooltip label={t('keys.title')}>
          <ActionIcon aria-label={t('keys.title')} onClick={openShortcuts}>
            <Icon name="keyboard" />
          </ActionIcon>
        </Tooltip>
      </div>
    </nav>
  );
}

export function ViewLinks({ counts }: { counts?: Partial<Record<string, number>> }) {
  return views.map(({ view, icon }) => (
    <Link key={view} to="/inbox/$view" params={{ view }} className={classes.link}>
      <Icon name={icon} />
      <span className={classes.label}>{viewName(view)}</span>
      <span className={classes.count}>{counts?.[view] ? count(counts[view]) : ''}</span>
    </Link>
  ));
}

export function PageItem(props: { page: PageLink; waiting?: Waiting; onClick?: () => void }) {
  const { page, waiting } = props;
  return (
    <Link to={page.to} className={classes.link} onClick={props.onClick}>
      <Icon name={page.icon} />
      <span className={classes.label}>{t(page.label)}</span>
      {waiting?.n ? (
        <span className={classes.count} data-alert={waiting.alert}>
          {count(waiting.n)}
        </span>
      ) : null}
    </Link>
  );
}
