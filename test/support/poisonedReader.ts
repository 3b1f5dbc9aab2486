import { Configuration } from '../../server/src/configuration/configuration.ts';
import type { FileFacts } from '../../server/src/core/facts.ts';
import { readers } from '../../server/src/core/readers/index.ts';
import { rules } from '../../server/src/core/rules/index.ts';

/** What a text does to whoever reads it. */
const poisons: Record<string, () => void> = {
  abort: () => process.abort(),
  memory: () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(new Array(1000).fill(1.5));
  },
  'never ends': () => {
    for (;;);
  },
};

// Before all others, as the fault of any of them would come.
(readers as unknown[]).unshift({
  kind: 'compose',
  globs: ['**/compose.yaml'],
  wants: (path: string) => path.endsWith('compose.yaml'),
  read(text: string) {
    for (const [name, work] of Object.entries(poisons)) if (text.startsWith(`# poison: ${name}\n`)) work();
    return undefined;
  },
});

(rules as unknown[]).push({
  id: 'poison',
  level: 'error',
  check({ services }: FileFacts) {
    for (const [name, work] of Object.entries(poisons)) if (services.some((one) => one.name === name)) work();
    return [];
  },
});

const { put } = Configuration.prototype;
Configuration.prototype.put = function (path, text) {
  for (const [name, work] of Object.entries(poisons)) if (text?.startsWith(`# poison: ${name}\n`)) work();
  put.call(this, path, text);
};
