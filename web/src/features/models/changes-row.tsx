// What changed with a model: why it is in use or not, and where it answers better or worse than the one before.
import type { ModelPart, ModelVersion } from '@/api/types';
import { count } from '@/text/number';
import { t } from '@/text/t';
import classes from './models.module.css';

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

export function ChangesRow({ model: { summary } }: { model: ModelVersion }) {
  if (!summary?.why) return null;
  const parts = summary.compared?.parts ?? [];
  return (
    <tr className={classes.changes}>
      <td colSpan={10}>
        <p>{sentence(summary.why)}</p>
        {summary.compared_text && <p>{sentence(summary.compared_text)}</p>}
        {parts.length > 0 && (
          <details>
            <summary>{t('models.byCategory')}</summary>
            <Parts parts={parts} />
          </details>
        )}
      </td>
    </tr>
  );
}

function Parts({ parts }: { parts: ModelPart[] }) {
  return (
    <table className={classes.parts}>
      <thead>
        <tr>
          <th scope="col">{t('models.category')}</th>
          <th scope="col">{t('models.recent')}</th>
          <th scope="col">{t('models.before')}</th>
          <th scope="col">{t('models.after')}</th>
          <th scope="col">{t('models.change')}</th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.category}>
            <th scope="row">{part.category}</th>
            <td>{count(part.tickets)}</td>
            <td>{count(part.both_right + part.only_old)}</td>
            <td>{count(part.both_right + part.only_new)}</td>
            <td data-change={part.change}>{t(`models.change.${part.change}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
