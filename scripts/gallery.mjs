#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { runInEditor } from '../test/e2e/run.mjs';
import { ensureChromium } from './chromium.mjs';
import { npm } from './processes.mjs';

/**
 * `npm run gallery [-- WORDS]`: takes all pictures of the documentation anew, in the real VS Code with the packaged
 * extension. Its tests take them: those with the words in their names, such as `port map`. A picture of a test that
 * fails stays as it was.
 */
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
if ((await npm(['run', '--silent', 'build'])) !== 0) throw new Error('npm run build failed.');
const executablePath = await ensureChromium();
const results = await runInEditor({
  executablePath,
  suites: [],
  only: process.argv.slice(2).join(' '),
  screenshots: 'docs/images',
});
process.exitCode = results.some(({ error }) => error) ? 1 : 0;
