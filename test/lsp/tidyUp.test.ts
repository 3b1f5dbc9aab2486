import { expect, test, vi } from 'vitest';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { folderWith } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

test('memory is tidied up when nobody types any more, and not before', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  let lastKey = Number.NEGATIVE_INFINITY;
  const calm: number[] = [];
  const tidyUp = () => void calm.push(performance.now() - lastKey);
  const editor = await startEditor({ folders: [root], host: { ...nodeHost, tidyUp } });
  await editor.open(`${root}/PORTS.md`, registry);
  await editor.sees(`${root}/compose.yaml`, [wrongPort]);
  // The closed file waits all the while to be checked again.
  for (let n = 0; n < 16; n++) {
    lastKey = performance.now();
    await editor.replace(`${root}/PORTS.md`, n % 2 === 0 ? '9006' : '9005', n % 2 === 0 ? '9005' : '9006');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await vi.waitFor(() => expect(calm).not.toEqual([]), 10_000);
  for (const since of calm) expect(since).toBeGreaterThan(400);
});
