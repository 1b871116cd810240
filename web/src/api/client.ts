// The one place that calls fetch. Every POST carries an idempotency key, so that a
// request repeated after a lost connection is done once.
import { offline, problemOf } from './problem';

export type Query = Record<string, string | number | boolean | undefined | null>;

const base = '/api/v1';

export function path(route: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return `${base}${route}${text ? `?${text}` : ''}`;
}

type Options = {
  body?: unknown;
  text?: string;
  type?: string;
  signal?: AbortSignal;
  keepalive?: boolean;
  key?: string;
};

async function request<T>(method: string, url: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  let body: string | undefined;
  if (options.text !== undefined) {
    headers['content-type'] = options.type ?? 'text/plain';
    body = options.text;
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    body = JSON.stringify(options.body);
  }
  if (method === 'POST') headers['idempotency-key'] = options.key ?? crypto.randomUUID();
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers,
      body,
      signal: options.signal,
      keepalive: options.keepalive,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw offline();
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  const answer = await response.text();
  return (answer ? JSON.parse(answer) : undefined) as T;
}

export const api = {
  get: <T>(route: string, query?: Query, signal?: AbortSignal) =>
    request<T>('GET', path(route, query), { signal }),
  post: <T>(route: string, body: unknown = {}, options: Options = {}) =>
    request<T>('POST', path(route), { ...options, body }),
  postCsv: <T>(route: string, text: string) =>
    request<T>('POST', path(route), { text, type: 'text/csv' }),
  patch: <T>(route: string, body: unknown) => request<T>('PATCH', path(route), { body }),
  put: <T>(route: string, body: unknown) => request<T>('PUT', path(route), { body }),
  delete: <T>(route: string) => request<T>('DELETE', path(route)),
};
