import { Worker } from 'node:worker_threads';
import { Configuration, isConfig } from '../configuration/configuration.ts';
import { check, read } from '../core/analyze.ts';
import { Index } from '../core/model/index.ts';
import { nodeHost } from '../host/nodeHost.ts';

/** What a thread is told that is to read a file on trial. */
interface Trial {
  readonly path: string;
  /** One number: 1 when the file has been read. */
  readonly done: Int32Array<SharedArrayBuffer>;
}

/**
 * Whether a file can be read, tried in a thread of its own, where neither its end nor a lack of memory does any harm.
 * Keeps this thread waiting.
 * @param limit how long that may take, in milliseconds
 */
export function isHealthy(path: string, limit: number): boolean {
  const done = new Int32Array(new SharedArrayBuffer(4));
  const trial: Trial = { path, done };
  const thread = new Worker(import.meta.url, {
    workerData: trial,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
    stdout: true, // that of this thread belongs to the editor
    stderr: true,
  });
  thread.on('error', () => {}); // then it was never done
  const isDone = Atomics.wait(done, 0, 0, limit) !== 'timed-out';
  void thread.terminate();
  return isDone;
}

/** Reads a file on trial, in a thread that {@link isHealthy} has started. */
export async function probe({ path, done }: Trial): Promise<void> {
  const text = await nodeHost.readFile(path);
  if (text !== undefined) attempt(path, text);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
}

/** Does with a file all that can be done with it alone. */
function attempt(path: string, text: string): void {
  if (isConfig(path)) new Configuration({ home: nodeHost.home }).put(path, text);
  const facts = read(path, text, true);
  if (!facts) return;
  const index = new Index();
  index.put(facts);
  check(path, index);
}
