// Answers /api from the mock handlers inside Vite's own server, with the headers the real
// server sends, so that the console meets the same Content-Security-Policy.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getResponse } from 'msw';
import type { Plugin } from 'vite';
import { handlers } from './handlers.ts';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

type Next = () => void;

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length ? Buffer.concat(parts) : undefined;
}

async function answer(request: IncomingMessage, response: ServerResponse, next: Next) {
  const path = request.url ?? '';
  if (!path.startsWith('/api/')) return next();
  if (path.startsWith('/api/v1/events')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    return;
  }
  const method = request.method ?? 'GET';
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  const body = method === 'GET' ? undefined : await bodyOf(request);
  const asked = new Request(`http://localhost${path}`, { method, headers, body: body as BodyInit });
  const made = await getResponse(handlers, asked);
  if (!made) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(made.status, Object.fromEntries(made.headers));
  response.end(await made.text());
}

export function mockApi(): Plugin {
  return {
    name: 'mock-api',
    configureServer: (server) => {
      server.middlewares.use(answer);
    },
    configurePreviewServer: (server) => {
      server.middlewares.use((_request, response, next) => {
        response.setHeader('content-security-policy', policy);
        next();
      });
      server.middlewares.use(answer);
    },
  };
}
