// Browser tests: the real binary, the distribution's Chromium, one file after the other.
// In mode "screenshots" the same servers are photographed instead.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: mode === 'screenshots' ? ['screenshots.ts'] : ['**/*.e2e.ts'],
    globalSetup: ['./setup.ts'],
    fileParallelism: false,
    testTimeout: mode === 'screenshots' ? 900_000 : 60_000,
    hookTimeout: 60_000,
  },
}));
