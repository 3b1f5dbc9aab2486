import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folders, markdownIn, pages } from '../scripts/docs/pages.ts';
import { rolesOf } from '../scripts/docs/readers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const made = await pages(root);

describe('npm run docs has been run', () => {
  test.each([...made.keys()])('%s', (path) => {
    expect(existsSync(join(root, path)), 'there is no such page yet').toBe(true);
    expect(read(path)).toBe(made.get(path));
  });

  test('there is no page of something that is gone', () => {
    expect(folders.flatMap((folder) => markdownIn(root, folder)).filter((path) => !made.has(path))).toEqual([]);
  });
});

test.each(['ClaimRole', 'UseRole'])('each %s has a comment, from which it is described', (type) => {
  const vocabulary = read('server/src/core/facts.ts');
  const [, union = ''] = new RegExp(`type ${type} =\n(.*?);`, 's').exec(vocabulary) ?? [];
  const roles = [...union.matchAll(/\| '([a-z]+)'/g)].map(([, role]) => role);
  expect(rolesOf(type, vocabulary).map(([role]) => role)).toEqual(roles);
  expect(roles.length).toBeGreaterThan(5);
});

describe('links lead somewhere', () => {
  const documents = ['', 'docs', ...folders, 'examples/flowharbor'].flatMap((folder) =>
    markdownIn(root, folder || '.'),
  );
  const anchors = (path: string) => [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));

  test.each(documents)('%s', (path) => {
    const prose = read(path).replace(/^ *(`{3,})[^`].*?^ *\1$/gms, '');
    const links = [...prose.matchAll(/\]\((?![a-z]+:)([^)#]*)(?:#([^)]*))?\)/g)];
    const broken = links.filter(([, target = '', anchor]) => {
      const file = target === '' ? path : normalize(join(dirname(path), target));
      if (!existsSync(join(root, file))) return true;
      return anchor !== undefined && !anchors(file).includes(anchor);
    });
    expect(broken.map(([link]) => link)).toEqual([]);
  });
});

test('the gallery shows every picture', () => {
  const shown = [...read('docs/gallery.md').matchAll(/\]\(images\/([^)]+)\)/g)].map(([, name]) => name);
  expect(shown.sort()).toEqual(readdirSync(join(root, 'docs/images')).sort());
});

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}
