import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { addressesIn } from './markdown/addresses.ts';

/** What people and their agents read before they begin, which is where addresses are told. */
const NAMES =
  /^(?:readme|skill|claude|agents|gemini|copilot-instructions|contributing|quick[-_]?start|getting[-_]started|development)(?:[._-].*)?\.(?:md|mdx|mdc|markdown)$/i;
/** Folders whose documents are for agents. */
const FOLDERS = /(?:^|\/)\.(?:claude|cursor|github\/instructions)\/(?:[^/]+\/){0,8}[^/]+\.(?:md|mdc)$/i;

/** Whether a document is one of those that are read for the addresses of which they speak. */
export function isGuide(path: string): boolean {
  return NAMES.test(basename(path)) || FOLDERS.test(path);
}

/** Reads the addresses in READMEs and in documents for agents that assign no ports themselves. */
export const guide: Reader = {
  kind: 'guide',
  globs: ['**/*.{md,mdx,mdc,markdown}'],
  wants: isGuide,
  read(text) {
    const uses = addressesIn(text);
    return uses.length > 0 ? { ...nothing, uses } : undefined;
  },
};
