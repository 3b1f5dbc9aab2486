import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{core,lsp,cli,client}/**/*.test.ts', 'test/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 30_000,
  },
});
