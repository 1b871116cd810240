// Builds the console, which the server serves under /console. In mode "mock" the API
// is answered from web/mock instead, so that the console can be worked on alone.
import { fileURLToPath } from 'node:url';
import { tanstackRouter } from '@tanstack/router-plugin/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { mockApi } from './mock/plugin.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const api = process.env.DESKWISE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig(({ mode }) => ({
  base: '/console/',
  plugins: [
    tanstackRouter({ target: 'react', autoCodeSplitting: true, quoteStyle: 'single' }),
    react(),
    mode === 'mock' && mockApi(),
  ],
  resolve: { alias: { '@': here('./src'), '@mock': here('./mock') } },
  server: mode === 'mock' ? {} : { proxy: { '/api': { target: api, changeOrigin: false } } },
  preview: mode === 'mock' ? {} : { proxy: { '/api': { target: api, changeOrigin: false } } },
  build: {
    target: 'es2022',
    // As written: light-dark() is the tokens' way to be light and dark in one place.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['./test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    testTimeout: 60_000,
  },
}));
