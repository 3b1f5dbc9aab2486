import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { file, findings, troubled } from './findings.ts';
import { runTests } from './runner.ts';

/** The same folder as in `restricted.ts`, trusted. */
export const run = () =>
  runTests('trusted', [
    {
      name: 'in a trusted folder the registry outside of it counts',
      async run() {
        assert.equal(workspace.isTrusted, true);
        await findings(file('docker-compose.yml'), ['5 port-mismatch', '9 port-mismatch']);
        assert.deepEqual(troubled(), [file('docker-compose.yml').path]);
      },
    },
  ]);
