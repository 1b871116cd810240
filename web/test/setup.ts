// Every test begins with the mock API and a clean page.
import '@testing-library/jest-dom/vitest';
import { handlers, pages } from '@mock/handlers';
import { cleanup, configure } from '@testing-library/react';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

// Short lists and patience: a busy machine draws slowly.
pages.most = 8;
configure({ asyncUtilTimeout: 15_000 });

// What the browser has and the test's does not.
class SilentEvents {
  addEventListener() {}
  close() {}
}
Object.assign(globalThis, { EventSource: SilentEvents });
Object.defineProperty(document, 'fonts', {
  value: { addEventListener: () => {}, removeEventListener: () => {} },
});

export const server = setupServer(...handlers);

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => {
  cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());
