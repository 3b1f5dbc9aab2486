import { expect, test } from 'vitest';
import { knowledgeText, known } from '../../../server/src/core/features/who.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

test('who says why a published port is compared with nothing', () => {
  const index = indexOf(
    filesOf(`
      --- PORT_REGISTRY.md
      # Port registry

      | Service | Port |
      | --- | --- |
      | lantern | 9006 |
      --- compose.yaml
      services:
        thicket:
          ports: ["9016:80"]
        lantern:
          ports: ["9006:80"]
    `),
  );
  const told = (query: string) => knowledgeText(known(index, query), index).join('\n');
  expect(told('9016')).toContain(
    '  published 9016 thicket, compose.yaml:3\n    Not compared: no registry speaks of thicket.',
  );
  expect(told('9006')).not.toContain('Not compared');
});

test('a question without a word or a number is about nothing', () => {
  const index = indexOf(
    filesOf(`
      --- PORT_REGISTRY.md
      # Port registry

      | Service | Port |
      | --- | --- |
      | lantern | 9006 |
    `),
  );
  expect(known(index, '--')).toEqual({ query: '--', owners: [], files: [], findings: [] });
  expect(known(index, 'Lantern').owners).toEqual(['lantern']);
});
