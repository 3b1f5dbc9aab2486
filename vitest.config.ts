import { defineConfig } from 'vitest/config';

/** As in the bundles, a page of the documentation is a text. */
const pages = {
  name: 'pages',
  transform: (code: string, id: string) => (id.endsWith('.md') ? `export default ${JSON.stringify(code)}` : undefined),
};

export default defineConfig({
  plugins: [pages],
  test: {
    include: ['test/{client,cli,core,editors,lsp,reliability}/**/*.test.ts', 'test/*.test.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 30_000,
  },
});
