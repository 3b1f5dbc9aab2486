import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import { runTests } from './runner.ts';

/** A folder that does not concern the extension. */
export const run = () =>
  runTests('idle', [
    {
      name: 'the extension sleeps in a folder without ports, and wakes quickly',
      async run() {
        const extension = extensions.getExtension('portolan.portolan');
        assert.equal(extension?.isActive, false);
        const start = performance.now();
        await extension.activate();
        const took = performance.now() - start;
        assert.ok(took < 500, `activation took ${took.toFixed(0)} ms`);
        return `${took.toFixed(0)} ms`;
      },
    },
  ]);
