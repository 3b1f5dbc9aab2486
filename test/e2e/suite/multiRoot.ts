import { workspace } from 'vscode';
import { file, findings } from './findings.ts';
import { runTests } from './runner.ts';

/** Two folders in one window. */
export const run = () =>
  runTests('multiRoot', [
    {
      name: 'each of two folders is judged by its own registry and its own settings',
      async run() {
        await bothFolders();
        await findings(file('docker-compose.yml', 0), ['9 unregistered-port']);
        await findings(file('docker-compose.yml', 1), ['5 port-mismatch']);
      },
    },
  ]);

/** The folders of a workspace file can come after the start of the extension host. */
async function bothFolders() {
  while (workspace.workspaceFolders?.length !== 2) {
    await new Promise<void>((resolve) => {
      const listener = workspace.onDidChangeWorkspaceFolders(() => {
        listener.dispose();
        resolve();
      });
    });
  }
}
