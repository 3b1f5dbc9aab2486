import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{client,cli,core,lsp,reliability}/**/*.test.ts', 'test/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 30_000,
  },
});
