import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A test that runs inside the extension host of a window. */
interface Test {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** One line of the report that a window leaves behind. */
export interface Result {
  readonly name: string;
  /** The stack of what was thrown. Without it the test has passed. */
  readonly error?: string;
}

/**
 * Runs tests one after the other and writes their results where the harness looks for them. Never throws, so that the
 * window always closes.
 */
export async function runTests(window: string, tests: readonly Test[]): Promise<void> {
  const results: Result[] = [];
  for (const { name, run } of tests) {
    try {
      await run();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  await writeFile(join(process.env.PORTOLAN_RESULTS ?? '.', `${window}.json`), JSON.stringify(results));
}
