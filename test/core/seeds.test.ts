import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findings } from '../support/workspace.ts';

/** Real registries, where they lie beside the project. */
const seeds = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));

function textsIn(folder: string): Map<string, string> {
  const files = (readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name));
  return new Map(
    files.filter((file) => statSync(file).isFile()).map((file) => [relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

describe.skipIf(!existsSync(seeds))('contradictions of real registries', () => {
  test.each([
    [
      'flowmaster',
      [
        '.claude/skills/flowmaster-backend/SKILL.md 9016 registry-disagreement',
        '.claude/skills/flowmaster-backend/SKILL.md 9016 registry-duplicate',
        'PORT_REGISTRY.md 8012 registry-duplicate',
        'PORT_REGISTRY.md 9000 registry-duplicate',
        'PORT_REGISTRY.md 9015 registry-duplicate',
      ],
    ],
    ['madfam', ['docs/PORT_ALLOCATION.md 4210 registry-duplicate', 'docs/PORT_ALLOCATION.md 8025 forbidden-port']],
    [
      'alfred',
      ['docs/PORT_ALLOCATION.md 3000 registry-duplicate', 'docs/PORT_ALLOCATION.md 3001 registry-disagreement'],
    ],
    ['claude-agent-api', []],
  ])('%s', (name, expected) => {
    const found = findings(textsIn(join(seeds, name))).map(({ path, port, rule }) => `${path} ${port} ${rule}`);
    expect(found.sort()).toEqual(expected);
  });
});
