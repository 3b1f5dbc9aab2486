import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * The windows in which suites run, and what each has open: a path in `workspaces.mjs`. Where `web` is set, extensions
 * run in the browser; where `neighbour` is, another extension is installed.
 *
 * @type {readonly { suite: string, open: string, restricted?: true, web?: true, neighbour?: true }[]}
 */
export const windows = [
  { suite: 'idle', open: 'idle' },
  { suite: 'editor', open: 'editor' },
  { suite: 'navigation', open: 'navigation' },
  { suite: 'ignore', open: 'ignore' },
  { suite: 'ports', open: 'ports' },
  { suite: 'move', open: 'move' },
  { suite: 'completion', open: 'completion' },
  { suite: 'multiRoot', open: 'multiRoot/both.code-workspace' },
  { suite: 'trusted', open: 'trust/folder' },
  { suite: 'restricted', open: 'trust/folder', restricted: true },
  { suite: 'virtual', open: 'virtual/shore.code-workspace' },
  { suite: 'neighbour', open: 'packaged', neighbour: true },
  { suite: 'web', open: 'web', web: true },
];

/**
 * Makes of each suite one file that an extension host can load: `suite/NAME.cjs` in `home`.
 *
 * @param {string} root The project.
 * @param {string} home
 */
export function bundleSuites(root, home) {
  return build({
    entryPoints: windows.map(({ suite }) => join(root, `test/e2e/suite/${suite}.ts`)),
    outdir: join(home, 'suite'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    define: { RESULTS: JSON.stringify(pathToFileURL(home).pathname) },
    sourcemap: 'inline',
  });
}
