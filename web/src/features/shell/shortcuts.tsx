// The overlay that shows every key.
import { Kbd, Modal } from '@mantine/core';
import { useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { allowed, groups, viewName, views } from './nav';
import classes from './shortcuts.module.css';

type Line = [string[], string];

export function Shortcuts({ opened, close }: { opened: boolean; close: () => void }) {
  const { user } = useSession();
  const list: Line[] = [
    [['J'], t('keys.next')],
    [['K'], t('keys.previous')],
    [['Enter'], t('keys.open')],
    [['/'], t('keys.search')],
    [['?'], t('keys.help')],
    [['Esc'], t('keys.leave')],
  ];
  const ticket: Line[] = [
    [['R'], t('keys.reply')],
    [['N'], t('keys.note')],
    [['U'], t('keys.use')],
    [['A'], t('keys.assign')],
    [['S'], t('keys.solve')],
    [['Ctrl', 'Enter'], t('keys.send')],
  ];
  const go: Line[] = [
    ...views.flatMap(({ view, key }): Line[] =>
      key ? [[['G', key.toUpperCase()], viewName(view)]] : [],
    ),
    ...groups
      .flatMap((group) => group.pages)
      .filter((page) => allowed(page, user.role))
      .map((page): Line => [['G', page.key.toUpperCase()], t(page.label)]),
  ];
  return (
    <Modal opened={opened} onClose={close} title={t('keys.title')} size={720}>
      <div className={classes.columns}>
        <div>
          <Keys title={t('keys.inList')} lines={list} />
          <Keys title={t('keys.inTicket')} lines={ticket} />
        </div>
        <Keys title={t('keys.go')} lines={go} />
      </div>
    </Modal>
  );
}

function Keys({ title, lines }: { title: string; lines: Line[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className={classes.keys}>
        {lines.map(([keys, what]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} size="sm">
                  {key}
                </Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
