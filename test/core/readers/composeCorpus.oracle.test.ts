import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isMap, isScalar, isSeq, parseAllDocuments, visit } from 'yaml';
import { dockerPorts, hasDockerCompose, resolvedPorts } from '../../support/dockerCompose.ts';
import { indexOf } from '../../support/workspace.ts';

/** Real repositories, where they lie beside the project. Their files are copied, and nothing in them is run. */
const corpus = fileURLToPath(new URL('../../../../shared/corpus/dev', import.meta.url));
const isThere = hasDockerCompose && existsSync(corpus);

/** How many files are put to docker-compose, which takes half a second for each, and how many it has to accept. */
const SAMPLE = 40;
const FAIR = 10;
const LONGEST = 100_000;

interface Case {
  readonly repository: string;
  readonly path: string;
}

/** Some files of every repository: in a fixed order that has nothing to do with their names, and in turns. */
function sample(): Case[] {
  const ranked = readdirSync(corpus).flatMap((repository) =>
    composeFilesIn(repository)
      .sort((a, b) => (digest(a) < digest(b) ? -1 : 1))
      .map((path, turn) => ({ repository, path, turn })),
  );
  return ranked.sort((a, b) => a.turn - b.turn || (a.repository < b.repository ? -1 : 1)).slice(0, SAMPLE);
}

const digest = (text: string) => createHash('sha1').update(text).digest('hex');

/** The compose files with ports that stand for themselves: an override says little without its base. */
function composeFilesIn(repository: string): string[] {
  const root = join(corpus, repository);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(?:docker-)?compose(?!\.override\.).*\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size <= LONGEST && /^\s+ports:/m.test(readFileSync(path, 'utf8')))
    .map((path) => relative(root, path));
}

/** A compose file with what stands beside it. Repositories keep `.env` to themselves: its example takes its place. */
function withNeighbours({ repository, path }: Case): Map<string, string> {
  const folder = join(corpus, repository, dirname(path));
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$|^\.env(?:\.example)?$/.test(entry.name)) continue;
    files.set(posix.join(dirname(path), entry.name), acceptable(readFileSync(join(folder, entry.name), 'utf8')));
  }
  const dotenv = posix.join(dirname(path), '.env');
  const example = files.get(`${dotenv}.example`);
  if (example !== undefined && !files.has(dotenv)) files.set(dotenv, example);
  for (const missing of environmentFilesOf(path, files.get(path)!)) {
    if (!files.has(missing)) files.set(missing, '');
  }
  return files;
}

/**
 * A text as docker-compose 1.29 can take it: without the project's `name`, which came later, and with the `-` of
 * `${PASSWORD:-secret}`, which was masked together with the secret when the repositories were gathered.
 */
function acceptable(text: string): string {
  return text.replace(/^name:.*$/m, '').replace(/(\$\{\w+:)x+(?=\})/g, '$1-masked');
}

/** The files that `env_file` names within the repository: docker-compose wants all of them to be there. */
function environmentFilesOf(path: string, text: string): string[] {
  const names: string[] = [];
  for (const document of parseAllDocuments(text)) {
    visit(document, {
      Pair(_, { key, value }) {
        if (!isScalar(key) || key.value !== 'env_file') return;
        for (const item of isSeq(value) ? value.items : [value]) {
          const name = isMap(item) ? item.get('path') : isScalar(item) ? item.value : undefined;
          if (typeof name === 'string') names.push(name);
        }
      },
    });
  }
  const inside = names.filter((name) => !/^[/~]|\$/.test(name)).map((name) => posix.join(dirname(path), name));
  return inside.filter((name) => !name.startsWith('..'));
}

describe.skipIf(!isThere)('docker-compose on real files', () => {
  let compared = 0;

  test.for(isThere ? sample() : [])('$repository/$path', ({ repository, path }, { skip }) => {
    const files = withNeighbours({ repository, path });
    const expected = dockerPorts(files, path);
    if (typeof expected === 'string') return skip(expected.slice(0, 200));
    compared++;
    expect(resolvedPorts(indexOf(files), path)).toEqual(expected);
  });

  test('accepts enough of them', () => {
    expect(compared).toBeGreaterThanOrEqual(FAIR);
  });
});
