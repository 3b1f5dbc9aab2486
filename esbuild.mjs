// Bundles the three programs. CommonJS, because VS Code loads extensions with require().
import { build } from 'esbuild';

const minify = process.argv.includes('--minify');

await build({
  entryPoints: {
    extension: 'client/src/extension.ts',
    server: 'server/src/node.ts',
    cli: 'server/src/cli.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  minify,
  sourcemap: !minify,
  logLevel: 'warning',
});
