import { file, findings } from './findings.ts';
import { runTests } from './runner.ts';

/** Two folders in one window. */
export const run = () =>
  runTests('multiRoot', [
    {
      name: 'each of two folders is judged by its own registry and its own settings',
      async run() {
        await findings(file('docker-compose.yml', 0), ['9 unregistered-port']);
        await findings(file('docker-compose.yml', 1), ['5 port-mismatch']);
      },
    },
  ]);
