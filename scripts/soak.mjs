#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { npm } from './processes.mjs';

/** `npm run soak [-- --minutes N]`: a day at work over and over, and what is left of it in the server's memory. */
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const { values } = parseArgs({ options: { minutes: { type: 'string', default: '120' } } });
const env = { ...process.env, PORTOLAN_SOAK_MINUTES: values.minutes };
process.exitCode = await npm(['run', 'unit', '--', 'test/reliability/soak.test.ts'], { env });
