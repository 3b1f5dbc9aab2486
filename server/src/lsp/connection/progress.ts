import type { Connection } from 'vscode-languageserver';
import type { Indexing } from '../workspace/indexing.ts';

/** How often the progress is told at most, in milliseconds. */
const RHYTHM = 200;

/** Shows how far the reading of the workspace is, and lets the user stop it. */
export async function showProgress(connection: Connection, reading: Indexing, tellStatus: () => void): Promise<void> {
  let last = performance.now();
  let report = (_percentage: number, _message: string) => {};
  reading.follow(() => {
    if (performance.now() - last < RHYTHM) return;
    last = performance.now();
    const { read, total } = reading;
    report(Math.floor((100 * read) / total), `${read} of ${total} files`);
    tellStatus();
  });
  const progress = await connection.window.createWorkDoneProgress();
  progress.token.onCancellationRequested(() => reading.stop());
  progress.begin('Portolan', 0, 'Reading the workspace', true);
  report = (percentage, message) => progress.report(percentage, message);
  await reading.done;
  progress.done();
}
