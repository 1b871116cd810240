// What the ticket is, and the three things one sets on it.
import { ActionIcon, Button, Select, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { categoriesQuery, usersQuery } from '@/api/queries';
import type { Status, Ticket } from '@/api/types';
import { choices } from '@/features/automation/tree';
import { mayWrite, useSession } from '@/features/session/use-session';
import { t } from '@/text/t';
import { fullTime, languageName, messageTime } from '@/text/time';
import { Icon } from '@/ui/icon';
import { StatusMark } from '@/ui/marks';
import classes from './ticket.module.css';
import type { Change } from './use-change-ticket';

const statuses: Status[] = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'];

type Props = {
  ticket: Ticket;
  change: (change: Change) => void;
  side: boolean;
  setSide: (side: boolean) => void;
};

export function TicketHead({ ticket, change, side, setSide }: Props) {
  const navigate = useNavigate();
  const { view } = useParams({ from: '/_app/inbox/$view/$number' });
  const { requester } = ticket;
  const back = () => navigate({ to: '/inbox/$view', params: { view }, search: (known) => known });
  return (
    <header className={classes.head}>
      <div className={classes.headline}>
        <ActionIcon className={classes.back} aria-label={t('action.back')} onClick={back}>
          <Icon name="back" />
        </ActionIcon>
        <h1>{ticket.subject || t('ticket.subjectless')}</h1>
        {ticket.link && (
          <Tooltip label={t('ticket.customerLink')}>
            <ActionIcon
              component="a"
              href={ticket.link}
              target="_blank"
              rel="noreferrer"
              aria-label={t('ticket.customerLink')}
            >
              <Icon name="link" />
            </ActionIcon>
          </Tooltip>
        )}
        <Button
          className={classes.sideButton}
          variant="default"
          size="compact-sm"
          aria-pressed={side}
          onClick={() => setSide(!side)}
        >
          {side ? t('ticket.conversation') : t('reading.title')}
        </Button>
      </div>
      <p className={classes.byline}>
        <span>#{ticket.number}</span>
        <span className={classes.who} title={requester.email}>
          {requester.name ? `${requester.name} <${requester.email}>` : requester.email}
        </span>
        <span>{t(`channel.${ticket.channel}`)}</span>
        <time title={fullTime(ticket.created_at)}>{messageTime(ticket.created_at)}</time>
        {ticket.language && <span>{languageName(ticket.language)}</span>}
      </p>
      <Fields ticket={ticket} change={change} />
    </header>
  );
}

function Fields({ ticket, change }: Pick<Props, 'ticket' | 'change'>) {
  const session = useSession();
  const { data: categories } = useQuery(categoriesQuery);
  const { data: users } = useQuery(usersQuery);
  const readOnly = !mayWrite(session);
  const people = (users?.items ?? [])
    .filter((user) => user.active && user.role !== 'viewer')
    .map((user) => ({
      value: user.id,
      label: user.id === session.user.id ? t('ticket.me', { name: user.name }) : user.name,
    }));
  const { assignee, category } = ticket;
  if (assignee && !people.some((one) => one.value === assignee.id)) {
    people.push({ value: assignee.id, label: assignee.name });
  }
  const kinds = choices(categories?.items ?? []);
  if (!categories?.items.some((one) => one.id === category.id)) {
    kinds.unshift({ value: category.id, label: category.name });
  }
  const shared = { size: 'xs', disabled: readOnly, comboboxProps: { width: 'auto' } } as const;
  return (
    <div className={classes.fields}>
      <Select
        {...shared}
        aria-label={t('ticket.status')}
        data={statuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={ticket.status}
        allowDeselect={false}
        leftSection={<StatusMark status={ticket.status} />}
        onChange={(status) => status && change({ status: status as Status })}
        className={classes.status}
      />
      <Select
        {...shared}
        aria-label={t('ticket.category')}
        data={kinds}
        value={category.id}
        allowDeselect={false}
        searchable
        onChange={(id) => {
          const chosen = categories?.items.find((one) => one.id === id);
          if (chosen) change({ category: { id: chosen.id, name: chosen.name } });
        }}
        className={classes.category}
      />
      <Select
        {...shared}
        aria-label={t('ticket.assignee')}
        data={people}
        value={assignee?.id ?? null}
        placeholder={t('ticket.nobody')}
        searchable
        clearable
        onChange={(id, option) =>
          change({ assignee: id ? { id, name: option?.label ?? '' } : null })
        }
        className={classes.assignee}
      />
    </div>
  );
}
