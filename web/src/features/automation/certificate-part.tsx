// What is known about a category: the certificate in words, then its numbers.
import { Link } from '@tanstack/react-router';
import type { Category } from '@/api/types';
import { percent, probability, rate, setting, wilson } from '@/text/number';
import { t } from '@/text/t';
import { dayOf } from '@/text/time';
import { ConfidenceLine } from '@/ui/confidence-line';
import { Facts } from '@/ui/facts';
import { Section } from '@/ui/page';
import classes from './automation.module.css';

export function CertificateLine({
  category,
  size,
}: {
  category: Category;
  size?: 'answer' | 'large';
}) {
  const { certificate } = category;
  if (!certificate || certificate.answered === 0) return null;
  const right = certificate.answered - certificate.errors;
  const interval = wilson(right, certificate.answered);
  return (
    <ConfidenceLine
      size={size}
      probability={right / certificate.answered}
      threshold={certificate.target}
      low={interval?.low}
      high={interval?.high}
      caption={
        size === 'large'
          ? t('certificate.target', { target: setting(certificate.target) })
          : undefined
      }
      label={`${t('certificate.line', { target: setting(certificate.target) })}: ${rate(right, certificate.answered)}`}
    />
  );
}

export function CertificatePart({ category }: { category: Category }) {
  const { certificate, certificate_text, need } = category;
  return (
    <Section title={certificate ? t('certificate.title') : t('certificate.none')}>
      {certificate ? (
        <>
          <div className={classes.bigLine}>
            <CertificateLine category={category} size="large" />
          </div>
          <p className={classes.sentence}>{certificate_text}</p>
          <Facts
            facts={[
              [t('certificate.threshold'), probability(certificate.threshold)],
              [
                t('certificate.precision'),
                rate(certificate.answered - certificate.errors, certificate.answered),
              ],
              [t('certificate.coverage'), rate(certificate.answered, certificate.total)],
              [
                t('certificate.unknown'),
                certificate.unknown_share > 0
                  ? percent(certificate.unknown_share, certificate.total)
                  : t('certificate.knownOnly'),
              ],
              [t('certificate.model'), String(certificate.model_version)],
              [t('certificate.lapses'), dayOf(certificate.lapses_at)],
            ]}
          />
          {certificate.scope === 'pooled' && (
            <p className={classes.muted}>{t('certificate.pooled')}</p>
          )}
        </>
      ) : (
        <>
          {!need && certificate_text && <p className={classes.muted}>{t('certificate.before')}</p>}
          <p className={classes.sentence}>
            {need
              ? need.more > 0
                ? t('certificate.need', {
                    n: need.more,
                    target: setting(category.policy.precision),
                  })
                : need.why
              : certificate_text}
          </p>
        </>
      )}
    </Section>
  );
}

export function OutcomePart({ category }: { category: Category }) {
  const { automation } = category;
  return (
    <Section
      title={t('outcome.title')}
      actions={
        <Link
          to="/inbox/$view"
          params={{ view: 'all' }}
          search={{ category: category.id }}
          className={classes.link}
        >
          {t('outcome.tickets')}
        </Link>
      }
    >
      {automation.total > 0 ? (
        <Facts
          facts={(['confirmed', 'silent', 'failed'] as const).map((name) => [
            t(`outcome.${name}`),
            rate(automation[name], automation.total),
          ])}
        />
      ) : (
        <p className={classes.muted}>{t('number.none')}</p>
      )}
    </Section>
  );
}
