#!/usr/bin/env node
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages, notices } from './bundled.mjs';
import { run } from './processes.mjs';

/** `npm run notices`: writes THIRD_PARTY_NOTICES.md anew, after a change of dependencies. */
const root = fileURLToPath(new URL('..', import.meta.url));
if ((await run(process.execPath, ['esbuild.mjs', '--minify'], { cwd: root })) !== 0) process.exit(1);
await writeFile(join(root, 'THIRD_PARTY_NOTICES.md'), notices(bundledPackages(root)));
