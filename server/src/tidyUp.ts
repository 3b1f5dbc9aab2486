import { Session } from 'node:inspector';

/** As many more bytes than after the last time make it worth the pause. */
const WORTH = 24 * 1024 * 1024;

let least = 0;

/**
 * Has garbage collected, and the memory given back that it took. Node itself does so only when memory gets short; a
 * server that rests would keep for hours what reading thousands of files has left.
 * https://chromedevtools.github.io/devtools-protocol/v8/HeapProfiler/#method-collectGarbage
 */
export function tidyUp(): void {
  if (process.memoryUsage().heapTotal < least + WORTH) return;
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.collectGarbage', () => {
    least = process.memoryUsage().heapTotal;
    // The session is still answering.
    setImmediate(() => session.disconnect());
  });
}
