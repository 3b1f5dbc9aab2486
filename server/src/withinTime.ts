import { createContext, Script } from 'node:vm';

type Run = (work: () => unknown, milliseconds: number) => unknown;
let run: Run | undefined;

/**
 * Does work at once, and ends it when it takes too long. Nothing else ends work that never pauses.
 * https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options
 * @throws what the work throws, or an error that {@link isOverdue}
 */
export function withinTime<T>(work: () => T, milliseconds: number): T {
  run ??= runner();
  return run(work, milliseconds) as T;
}

/** Whether work was ended because it took too long. */
export function isOverdue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

function runner(): Run {
  const slot: { work?: () => unknown } = {};
  const context = createContext({ slot });
  const script = new Script('slot.work()');
  return (work, timeout) => {
    slot.work = work;
    return script.runInContext(context, { timeout });
  };
}
