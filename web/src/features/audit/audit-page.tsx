// Who changed what, newest first.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auditQuery, rows } from '@/api/queries';
import { t } from '@/text/t';
import { fullTime, messageTime } from '@/text/time';
import { Bones } from '@/ui/bones';
import { MoreRows } from '@/ui/more-rows';
import { Empty, Page } from '@/ui/page';
import { ProblemNote } from '@/ui/problem-note';
import classes from './audit.module.css';

export function AuditPage() {
  const list = useInfiniteQuery(auditQuery);
  const items = rows(list.data);
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      {list.isPending && <Bones rows={12} height={35} />}
      {list.isError && <ProblemNote error={list.error} retry={() => list.refetch()} />}
      {list.isSuccess && items.length === 0 && (
        <Empty icon="audit" title={t('audit.none')} help={t('audit.noneHelp')} />
      )}
      <ol className={classes.list}>
        {items.map((item) => (
          <li key={item.id}>
            <time title={fullTime(item.at)}>{messageTime(item.at)}</time>
            <span className={classes.who}>{item.actor.name}</span>
            <span className={classes.text}>
              {item.ticket_number !== null && (
                <Link
                  to="/inbox/$view/$number"
                  params={{ view: 'all', number: item.ticket_number }}
                >
                  #{item.ticket_number}
                </Link>
              )}{' '}
              {item.text}
            </span>
          </li>
        ))}
      </ol>
      <MoreRows list={list} />
    </Page>
  );
}
