#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { npm } from './processes.mjs';

/** `npm run test:nightly [-- FILE…]`: the tests of reliability, each as often as its goal wants. Takes hours. */
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.env.PORTOLAN_NIGHTLY = '1';
const wanted = process.argv.slice(2);
process.exitCode = await npm([
  'run',
  'unit',
  '--',
  '--testTimeout=0',
  '--hookTimeout=0',
  ...(wanted.length > 0 ? wanted : ['test/reliability']),
]);
