// A category's guardrail: what reviews say, what would be found, and the way back from a pause.
import { Button, Tooltip } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '@/api/client';
import { guardrailQuery, wrongAnswersQuery } from '@/api/queries';
import type { Category, Guardrail } from '@/api/types';
import { useSession } from '@/features/session/use-session';
import { count, percent, rate, setting } from '@/text/number';
import { t } from '@/text/t';
import { messageTime } from '@/text/time';
import { Facts } from '@/ui/facts';
import { Section } from '@/ui/page';
import { reportError } from '@/ui/report';
import { toast } from '@/ui/toasts';
import { along, decades, inWords } from './evidence';
import classes from './reviews.module.css';

/** Above everything else on a category's page, while it is paused. */
export function PausedBanner({ category }: { category: Category }) {
  const { data } = useQuery(guardrailQuery(category.id));
  const session = useSession();
  const client = useQueryClient();
  const resume = useMutation({
    mutationFn: () => api.post<Guardrail>(`/categories/${category.id}/guardrail/resumption`),
    onSuccess: (guardrail) => {
      client.setQueryData(guardrailQuery(category.id).queryKey, guardrail);
      toast({ text: t('guardrail.resumed', { name: category.name }) });
      return client.invalidateQueries({ queryKey: ['categories'] });
    },
    onError: reportError,
  });
  const pause = data?.pause;
  if (!pause) return null;
  const unwatched = pause.kind === 'unwatched';
  return (
    <div className={classes.banner} role="status">
      <div>
        <p>
          <strong>{t('guardrail.paused', { when: messageTime(pause.at), why: pause.why })}</strong>{' '}
          {t('guardrail.pausedThen')}
        </p>
        <p>{unwatched ? t('guardrail.watch') : t('guardrail.anew')}</p>
        {pause.blocked && <p>{pause.blocked}</p>}
      </div>
      {session.may_switch && (
        <Button
          variant="default"
          disabled={pause.blocked !== null}
          loading={resume.isPending}
          onClick={() => resume.mutate()}
        >
          {t('guardrail.resume', { name: category.name })}
        </Button>
      )}
    </div>
  );
}

export function GuardrailPart({ category }: { category: Category }) {
  const { data } = useQuery(guardrailQuery(category.id));
  if (!data || data.state === 'off') return null;
  const target = setting(data.target);
  return (
    <Section
      title={t('guardrail.title')}
      actions={
        <Link to="/reviews" className={classes.link}>
          {t('guardrail.open')}
        </Link>
      }
    >
      {data.state !== 'paused' && (
        <p className={classes.muted}>
          {data.state === 'uncertified'
            ? t('guardrail.uncertified')
            : t('guardrail.watching', { target })}
        </p>
      )}
      <EvidenceLine guardrail={data} target={target} />
      <Facts facts={facts(data)} />
      {data.wrong + data.harmful > 0 && <WrongAnswers id={category.id} />}
      {data.returns.rises && <p className={classes.late}>{t('guardrail.rises')}</p>}
      {data.state !== 'paused' && (
        <p className={classes.hint}>
          {data.finds === null
            ? t('guardrail.findsNothing')
            : t('guardrail.finds', { share: setting(data.finds) })}{' '}
          {data.since !== null && t('guardrail.since', { when: messageTime(data.since) })}
        </p>
      )}
    </Section>
  );
}

/** The tickets behind the counts, opened where somebody wants to see them. */
function WrongAnswers({ id }: { id: string }) {
  const { data } = useQuery(wrongAnswersQuery(id));
  const items = data?.items ?? [];
  return (
    <details className={classes.wrong}>
      <summary>{t('guardrail.wrongList', { n: items.length })}</summary>
      <ul>
        {items.map((one) => (
          <li key={one.number}>
            <Link to="/tickets/$number" params={{ number: String(one.number) }}>
              #{one.number}
            </Link>{' '}
            {t('guardrail.instead', {
              sent: one.sent?.title ?? t('reviews.nothingSent'),
              right: one.right?.title ?? t('reviews.nothing'),
            })}
            {one.verdict === 'harmful' && (
              <span className={classes.late}> · {t('reviews.harmful')}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function EvidenceLine({ guardrail, target }: { guardrail: Guardrail; target: string }) {
  const { evidence, limit } = guardrail;
  const share = along(evidence, limit);
  const help = t('guardrail.evidenceHelp', { target, limit });
  return (
    <>
      <div className={classes.evidence}>
        <Tooltip label={help} multiline w={300}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the definition is reachable by keyboard */}
          <span tabIndex={0}>{t('guardrail.evidence', { target })}</span>
        </Tooltip>
        <span>{t('guardrail.evidenceOf', { evidence: inWords(evidence), limit })}</span>
      </div>
      <div className={classes.scale} data-near={share > 0.8} aria-hidden="true">
        <span className={classes.filled} style={{ width: `${share * 100}%` }} />
        {decades(limit).map((mark) => (
          <span
            key={mark}
            className={classes.mark}
            style={{ left: `${along(mark, limit) * 100}%` }}
          >
            {mark}
          </span>
        ))}
      </div>
    </>
  );
}

function facts(data: Guardrail): [string, string][] {
  const looked = data.right + data.wrong + data.harmful;
  const { sent, back, allowed } = data.returns;
  const lines: [string, string][] = [
    [t('guardrail.reviewed'), looked > 0 ? rate(data.right, looked) : t('number.none')],
    [t('guardrail.wrong'), count(data.wrong)],
    [t('guardrail.harmful'), count(data.harmful)],
    [t('guardrail.back'), sent > 0 ? rate(back, sent) : t('number.none')],
  ];
  if (allowed !== null) lines.push([t('guardrail.backAllowed'), percent(allowed, 100)]);
  if (data.state !== 'paused')
    lines.push([t('guardrail.perDay'), String(Math.round(data.reviews_a_day))]);
  if (data.late > 0)
    lines.push([
      t('guardrail.late'),
      t('guardrail.lateOf', { late: data.late, asked: data.asked }),
    ]);
  return lines;
}
