import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { makeFixes, write } from '../../server/src/cli/fix.ts';
import { findingsIn, openWorkspace, type Workspace } from '../../server/src/cli/workspace.ts';
import { times } from '../support/effort.ts';
import { faultsOf, repairsOf } from '../support/repairs.ts';

/** Real repositories, where they lie beside the project. They are copied, and nothing in them is run. */
const corpus = fileURLToPath(new URL('../../../shared/corpus/dev', import.meta.url));
const names = existsSync(corpus) ? readdirSync(corpus).sort() : [];

/** How many fixes of one repository are tried by day, so that one with hundreds does not take minutes. */
const SAMPLE = times(8, Number.POSITIVE_INFINITY);

const folder = mkdtempSync(join(tmpdir(), 'portolan-fixes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copy(name: string, workspace: Workspace): string {
  const root = join(folder, name);
  mkdirSync(root);
  for (const path of workspace.texts.keys()) {
    const target = join(root, relative(join(corpus, name), path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(path));
  }
  return root;
}

function errorsIn(workspace: Workspace): number {
  return findingsIn(workspace.asked, workspace).filter(({ severity }) => severity === 'error').length;
}

describe.skipIf(names.length === 0)('the fixes of real repositories', () => {
  test.each(names)('%s: each by itself', { timeout: times(30_000, 0) }, async (name) => {
    const workspace = await openWorkspace([join(corpus, name)], corpus);
    const findings = () => findingsIn(workspace.asked, workspace);
    const before = findings();
    const mendable = { ...workspace, findings };
    const all = repairsOf(before);
    const size = Math.min(SAMPLE, all.length);
    const some = fc.shuffledSubarray(all, { minLength: size, maxLength: size });
    const sample = fc.sample(some, { numRuns: 1, seed: 4100 })[0]!;
    const faults = sample.flatMap((repair) =>
      faultsOf(repair, before, mendable).map((fault) => `${repair.finding.message} ${repair.fix.title}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  test.each(names)('%s: all that need no asking, together and only once', async (name) => {
    const original = await openWorkspace([join(corpus, name)], corpus);
    const root = copy(name, original);
    const workspace = await openWorkspace([root], folder);
    const errors = errorsIn(workspace);
    const { changes, refused } = makeFixes(workspace);
    expect([...refused]).toEqual([]);
    write(changes, workspace);
    const mended = await openWorkspace([root], folder);
    expect(errorsIn(mended)).toBeLessThanOrEqual(errors);
    expect(makeFixes(mended).changes).toEqual([]);
  });
});
