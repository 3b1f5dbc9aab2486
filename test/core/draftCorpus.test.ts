import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openWorkspace } from '../../server/src/cli/workspace.ts';
import { check, read } from '../../server/src/core/analyze.ts';
import { draft } from '../../server/src/core/features/draft.ts';
import { Index } from '../../server/src/core/model/index.ts';

/** Real repositories, where they lie beside the project. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/dev', import.meta.url));
const names = existsSync(corpus) ? readdirSync(corpus).sort() : [];

/** What files say against each other, without a registry. */
const among = ['duplicate-published', 'upstream-mismatch', 'route-mismatch'];

describe.skipIf(names.length === 0)('real repositories without what they say of their ports', () => {
  test.each(names)('%s: no registry and its own draft find nothing', async (name) => {
    const root = join(corpus, name);
    const { texts, index: all } = await openWorkspace([root], corpus);
    const index = new Index();
    const files = [...texts.keys()].flatMap((path) => all.file(path) ?? []).filter(({ claims }) => claims.length === 0);
    for (const file of files) index.put(file);
    const findings = () => {
      const found = files.flatMap(({ path }) => check(path, index));
      return found.filter(({ rule }) => !among.includes(rule)).map(({ path, message }) => `${path}: ${message}`);
    };
    expect(findings()).toEqual([]);
    const registry = read(`${root}/PORT_REGISTRY.md`, draft(index, root) ?? '');
    if (registry) index.put(registry);
    // What a variable of a sample says that no service reads is in no draft.
    expect(findings().filter((finding) => !/^\S*env\S*: /.test(finding))).toEqual([]);
    expect(check(`${root}/PORT_REGISTRY.md`, index)).toEqual([]);
  });
});
