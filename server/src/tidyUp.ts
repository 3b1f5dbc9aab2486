import { Session } from 'node:inspector';
import { getHeapStatistics } from 'node:v8';

/** As large a part more than after the last time makes it worth the pause, which grows with what there is to look at. */
const WORTH = 1 / 8;

let least = 0;

/**
 * Has garbage collected, and the memory given back that it took. Node itself does so only when memory gets short; a
 * server that rests would keep for hours what reading thousands of files has left.
 * https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage
 */
export function tidyUp(): void {
  if (size() < least * (1 + WORTH)) return;
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.collectGarbage', () => {
    least = size();
    // The session is still answering.
    setImmediate(() => session.disconnect());
  });
}

function size(): number {
  return getHeapStatistics().total_heap_size;
}
