// What to do when a change fails: say so, and that it was taken back.
import { isProblem } from '@/api/problem';
import { t } from '@/text/t';
import { toast } from './toasts';

export function reason(error: unknown): string {
  if (!isProblem(error)) return t('problem.unknown');
  const id = error.requestId ? ` (${t('problem.request', { id: error.requestId })})` : '';
  const first = error.errors[0];
  return `${first ? first.message : error.message}${id}`;
}

export function reportRollback(error: unknown) {
  toast({ text: t('problem.rolledBack', { why: reason(error) }), tone: 'danger' });
}

export function reportError(error: unknown) {
  toast({ text: reason(error), tone: 'danger' });
}
