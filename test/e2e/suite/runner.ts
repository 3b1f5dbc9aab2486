import { workspace } from 'vscode';

/** The path of the folder in which results are left, put in by the bundling. */
declare const RESULTS: string;

/** A test that runs inside the extension host of a window. */
interface Test {
  readonly name: string;
  /** Throws when the test fails. A text that it gives is a measurement for the report. */
  readonly run: () => Promise<unknown>;
}

/** One line of the report that a window leaves behind. */
interface Result {
  readonly name: string;
  readonly measured?: string | undefined;
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
      const measured = await run();
      results.push({ name, measured: typeof measured === 'string' ? measured : undefined });
    } catch (error) {
      results.push({ name, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  // By the editor's own file system, which is there in a browser as well.
  const file = workspace.workspaceFolders![0]!.uri.with({ path: `${RESULTS}/${window}.json` });
  await workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(results)));
}
