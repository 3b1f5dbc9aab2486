import type { FileFacts } from '../../core/facts.ts';
import { claimsByRole, claimsText, standingText } from '../../core/features/documentWords.ts';
import { byAuthority, governedBy } from '../../core/model/governance.ts';
import { type Command, formatOption, reading } from '../arguments.ts';
import { shortPath } from '../places.ts';
import { jsonText, printed } from '../printed.ts';
import type { Terminal } from '../terminal.ts';
import { openAndTell, type Workspace } from '../workspace.ts';

/** A document as its own settings see it. */
type Format = (documents: readonly FileFacts[], terminal: Terminal) => string;

const formats: Readonly<Record<string, Format>> = { text: asText, json: asJson };

/** `portolan registries`: which documents count, for what, and why. */
export const registriesCommand: Command = {
  name: 'registries',
  takes: '[PATH…]',
  does: 'Print the documents that say who owns which port, the nearest and most authoritative first.',
  details: `A registry governs a folder; a reference repeats ports and is checked against the registries.

Exit status: 0 there are some, 1 there are none, 2 usage or configuration error.`,
  examples: [{ line: 'portolan registries', says: 'What counts here, and why.', isShown: true }],
  options: {
    format: formatOption(formats, 'How to print them'),
    ...reading,
  },
  async run(given, terminal) {
    const format = given.format(formats);
    const documents = documentsIn(await openAndTell(given.positionals, terminal));
    terminal.out(format(documents, terminal));
    if (documents.length > 0) return 0;
    terminal.tell('There is no document that says who owns which port; docs/PORTS.md would be one.');
    return 1;
  },
};

/** Each document with the settings that hold where it lies. */
function documentsIn({ index, settingsOf }: Workspace): FileFacts[] {
  const seen = index.documents().map((path) => index.fileUnder(settingsOf(path), path)!);
  return seen.filter(({ document }) => document).sort(byAuthority);
}

function asText(documents: readonly FileFacts[], { cwd, style }: Terminal): string {
  return documents
    .map((file) => {
      const standing = printed(standingText(file, (folder) => shortPath(folder, cwd)));
      const reasons = file.document!.because.map((reason) => `    ${printed(reason)}\n`).join('');
      return `${style('bold', printed(shortPath(file.path, cwd)))}\n  ${standing}, with ${claimsText(file)}\n${reasons}`;
    })
    .join('\n');
}

function asJson(documents: readonly FileFacts[], { cwd }: Terminal): string {
  const described = documents.map((file, rank) => ({
    file: shortPath(file.path, cwd),
    rank: rank + 1,
    authority: file.document!.authority,
    governs: file.document!.authority === 'registry' ? shortPath(governedBy(file), cwd) : null,
    title: file.document!.title ?? null,
    claims: claimsByRole(file),
    because: file.document!.because,
  }));
  return `${jsonText(described, 2)}\n`;
}
