import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandIndex, commandPages } from './commands.ts';
import { contents } from './contents.ts';
import { jsonPage } from './json.ts';
import { readerIndex, readerPages } from './readers.ts';
import { ruleIndex, rulePages } from './rules.ts';
import { settingIndex, settingPages } from './settings.ts';

/** The folders of which every page is made here, at least in part. */
export const folders = ['docs/rules', 'docs/readers', 'docs/commands', 'docs/settings'];

/**
 * The pages of the documentation that are made from what they describe, by their paths, as they should be.
 * @param root the folder of the project
 */
export async function pages(root: string): Promise<Map<string, string>> {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const isThere = new Set(folders.concat('docs').flatMap((folder) => markdownIn(root, folder)));
  const written = (path: string) => (isThere.has(path) ? read(path) : undefined);
  const made = new Map([
    ...rulePages(written),
    ...readerPages(written),
    ...(await commandPages(root)),
    ...settingPages(),
  ]);
  made.set('docs/rules/README.md', ruleIndex());
  made.set('docs/readers/README.md', readerIndex(made, read('server/src/core/facts.ts')));
  made.set('docs/commands/README.md', commandIndex());
  made.set('docs/settings/README.md', settingIndex(made));
  made.set('docs/json.md', jsonPage());
  const byHand = markdownIn(root, 'docs').filter((path) => path !== 'docs/README.md');
  made.set('docs/README.md', contents(new Map([...byHand.map((path) => [path, read(path)] as const), ...made])));
  return made;
}

/** The pages that lie in a folder. */
export function markdownIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .sort()
      .map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
