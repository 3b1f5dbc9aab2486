// `npm run bench:fleet [-- REPOSITORIES USES]`: exports of many generated repositories, merged. Prints how long that takes
// and how much memory, also for three times as many, because it must not grow with their number. Build first.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../dist/cli.cjs', import.meta.url));
const [repositories = 1_000, uses = 100_000] = process.argv.slice(2).map(Number);
const each = Math.round(uses / repositories);

/** @param {number} n */
function exported(n) {
  const services = Array.from({ length: each }, (_, i) => ({
    port: 1024 + ((n * each + i) % 60_000),
    service: `crane-${n}-${i}`,
  }));
  const claims = services.map((one, i) => ({ role: 'assignment', ...one, at: `PORTS.md:${i + 5}:3` }));
  return JSON.stringify({
    version: 1,
    repository: `harbour/berth-${n}`,
    claims,
    uses: services.map((one, i) => ({ ...one, at: `compose.yaml:${5 * i}:10` })),
  });
}

const home = mkdtempSync(join(tmpdir(), 'portolan-fleet-'));
for (const count of [repositories, 3 * repositories]) {
  const folder = join(home, String(count));
  mkdirSync(folder);
  for (let n = 0; n < count; n++) writeFileSync(join(folder, `${n}.json`), exported(n));
  const script = `require(${JSON.stringify(program)}); process.on('exit', () => console.error(process.resourceUsage().maxRSS))`;
  const start = performance.now();
  const run = spawnSync(process.execPath, ['-e', script, 'portolan', 'merge', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const peak = Math.round(Number(run.stderr.trim().split('\n').at(-1)) / 1024);
  console.log(
    `${count} repositories, ${count * each} uses: ${seconds} s, peak ${peak} MiB, ${run.stdout.split('\n').length} lines`,
  );
  console.log(run.stderr.split('\n')[0]);
}
rmSync(home, { recursive: true });
