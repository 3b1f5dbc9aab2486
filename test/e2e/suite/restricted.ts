import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { file, findings, troubled } from './findings.ts';
import { runTests } from './runner.ts';

/** A folder that nobody has trusted yet. */
export const run = () =>
  runTests('restricted', [
    {
      name: 'in Restricted Mode findings come, and nothing outside of the folder is read, whatever names it',
      async run() {
        assert.equal(workspace.isTrusted, false);
        await findings(file('docker-compose.yml'), ['5 port-mismatch', '9 unregistered-port']);
        assert.deepEqual(troubled(), [file('docker-compose.yml').path]);
      },
    },
  ]);
