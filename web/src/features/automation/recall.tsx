// What came back when a category was switched off: replies that were withdrawn, and those that could not be.
import { CloseButton } from '@mantine/core';
import type { QueryClient } from '@tanstack/react-query';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { recallQuery } from '@/api/queries';
import type { Recall } from '@/api/types';
import { t } from '@/text/t';
import { toast } from '@/ui/toasts';
import classes from './recall.module.css';

/** Says that a switch was made and, where there is something to tell, keeps it for the category's page. */
export function tellSwitched(
  client: QueryClient,
  id: string | null,
  text: string,
  recall: Recall | undefined,
) {
  const told = recall ? sentences(recall) : [];
  const danger = (recall?.unrecalled.length ?? 0) > 0;
  toast({ text: [text, ...told].join('. '), tone: danger ? 'danger' : 'plain' });
  if (id) client.setQueryData(recallQuery(id).queryKey, told.length > 0 && recall ? recall : null);
}

function sentences(recall: Recall): string[] {
  const named = (text: string, tickets: number[]) =>
    `${text}: ${tickets.map((number) => `#${number}`).join(', ')}`;
  const { withdrawn, left, unrecalled } = recall;
  return [
    withdrawn > 0 && t('recall.withdrawn', { n: withdrawn }),
    left.length > 0 && named(t('recall.left', { n: left.length }), left),
    unrecalled.length > 0 && named(t('recall.unrecalled', { n: unrecalled.length }), unrecalled),
  ].filter((sentence) => sentence !== false);
}

/** Stays on the category's page until it is hidden or the category is switched again. */
export function RecallNote({ id }: { id: string }) {
  const { data: recall } = useQuery(recallQuery(id));
  const client = useQueryClient();
  if (!recall) return null;
  const { withdrawn, left, unrecalled } = recall;
  return (
    <div className={classes.note} data-trouble={unrecalled.length > 0} role="status">
      <div>
        <p>
          <strong>{t('recall.title')}.</strong>{' '}
          {withdrawn > 0 &&
            `${t('recall.withdrawn', { n: withdrawn })}. ${t('recall.withdrawnThen')}`}
        </p>
        {left.length > 0 && (
          <p>
            {t('recall.left', { n: left.length })}: <Tickets numbers={left} />
          </p>
        )}
        {unrecalled.length > 0 && (
          <p>
            {t('recall.unrecalled', { n: unrecalled.length })}: <Tickets numbers={unrecalled} />
          </p>
        )}
      </div>
      <CloseButton
        aria-label={t('recall.hide')}
        onClick={() => client.setQueryData(recallQuery(id).queryKey, null)}
      />
    </div>
  );
}

function Tickets({ numbers }: { numbers: number[] }) {
  return numbers.map((number, index) => (
    <span key={number}>
      {index > 0 && ', '}
      <Link to="/tickets/$number" params={{ number: String(number) }}>
        #{number}
      </Link>
    </span>
  ));
}
