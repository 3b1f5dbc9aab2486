import { createContext, Script } from 'node:vm';

type Run = (work: () => unknown, milliseconds: number) => unknown;
let run: Run | undefined;

/** Work was ended because it took too long. */
export class Overdue extends Error {}

/**
 * Does work at once, and ends it when it takes too long. Nothing else ends work that never pauses.
 * https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options
 * @throws what the work throws, or {@link Overdue}
 */
export function withinTime<T>(work: () => T, milliseconds: number): T {
  run ??= runner();
  try {
    return run(work, milliseconds) as T;
  } catch (error) {
    // It is no `Error` of this context.
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new Overdue(`This took longer than ${milliseconds} ms.`) : error;
  }
}

function runner(): Run {
  const slot: { work?: () => unknown } = {};
  const context = createContext({ slot });
  const script = new Script('slot.work()');
  return (work, timeout) => {
    slot.work = work;
    try {
      return script.runInContext(context, { timeout });
    } finally {
      // What the work was about may be large.
      delete slot.work;
    }
  };
}
