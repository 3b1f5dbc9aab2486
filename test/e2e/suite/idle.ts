import assert from 'node:assert/strict';
import { ExtensionKind, extensions } from 'vscode';
import { runTests } from './runner.ts';

/** A folder that does not concern the extension. */
export const run = () =>
  runTests('idle', [
    {
      name: 'the extension sleeps in a folder without ports, wakes quickly, and runs where the files are',
      async run() {
        const extension = extensions.getExtension('portolan.portolan');
        assert.equal(extension?.isActive, false);
        assert.equal(extension.extensionKind, ExtensionKind.Workspace);
        const start = performance.now();
        await extension.activate();
        const took = performance.now() - start;
        assert.ok(took < 3000, `activation took ${took.toFixed(0)} ms`);
        return `${took.toFixed(0)} ms with the way to the editor and back`;
      },
    },
  ]);
