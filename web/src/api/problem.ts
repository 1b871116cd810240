// Errors of the API (RFC 9457) as one class, so that every page can say what happened,
// what is safe and what to do, with the request's id.
import { t } from '@/text/t';

export type FieldError = { field: string; message: string };

type Body = {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  errors?: FieldError[];
  request_id?: string;
};

export class Problem extends Error {
  readonly status: number;
  readonly type: string;
  readonly title: string;
  readonly errors: FieldError[];
  readonly requestId: string | null;

  constructor(body: Body, status: number, requestId: string | null) {
    super(body.detail ?? body.title ?? t('problem.unknown'));
    this.name = 'Problem';
    this.status = status;
    this.type = body.type ?? 'about:blank';
    this.title = body.title ?? t('problem.unknown');
    this.errors = body.errors ?? [];
    this.requestId = body.request_id ?? requestId;
  }

  field(name: string): string | undefined {
    const found = this.errors.find((error) => error.field === name)?.message;
    return found && sentence(found);
  }
}

/** The API names what is wrong as the end of a sentence; beside its field it stands alone. */
const sentence = (words: string) => {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(text) ? text : `${text}.`;
};

export async function problemOf(response: Response): Promise<Problem> {
  const body: Body = await response.json().catch(() => ({}));
  return new Problem(body, response.status, response.headers.get('x-request-id'));
}

/** A failure before any answer: no network, or the server is away. */
export function offline(): Problem {
  return new Problem({ type: 'offline', title: t('problem.offline') }, 0, null);
}

export const isProblem = (error: unknown): error is Problem => error instanceof Problem;
