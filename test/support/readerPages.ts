import { readFileSync } from 'node:fs';
import { plain } from './fixture.ts';
import { filesOf } from './workspace.ts';

/** The pictures on the page of a kind of file, each with its files by their paths. */
export function picturesOn(page: string): Map<string, string>[] {
  return [...page.matchAll(/^```text\n(.*?)^```$/gms)].map(([, text]) => filesOf(text!));
}

/** The files on the page of a kind of file, as they are read. */
export function examplesOf(kind: string): [path: string, text: string][] {
  const page = readFileSync(new URL(`../../docs/readers/${kind}.md`, import.meta.url), 'utf8');
  return picturesOn(page).flatMap((files) => [...files].map(([path, text]): [string, string] => [path, plain(text)]));
}
