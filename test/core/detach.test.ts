import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { detach } from '../../server/src/core/detach.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

test('parts of texts do not keep the texts in memory', () => {
  const before = memory();
  const parts = Array.from({ length: 100 }, (_, n) => {
    const text = Array.from({ length: 20_000 }, (_, line) => `line ${line} of ${n}\n`).join('');
    const read = { services: [{ name: text.slice(1000, 1030) }] };
    detach(read);
    return read;
  });
  expect(memory() - before).toBeLessThan(8);
  expect(parts[7]?.services[0]?.name).toHaveLength(30);
});

/** In MiB. */
function memory(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
