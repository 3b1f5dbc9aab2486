import { resolve } from 'node:path';
import type { Claim, Use } from '../../core/facts.ts';
import { explain } from '../../core/features/explain.ts';
import type { Place } from '../../core/finding.ts';
import { slashes } from '../../core/path.ts';
import { placeText } from '../../core/words.ts';
import { nodeHost } from '../../host/nodeHost.ts';
import { type Command, type ExitCode, formatOption, reading } from '../arguments.ts';
import { locationOf, shortPath } from '../places.ts';
import { jsonText, printed } from '../printed.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usageError.ts';
import { openAndTell, openWorkspace, type Workspace } from '../workspace.ts';

/** There is one so far. */
const formats = { jsonl: true };

/** `portolan facts`: every claim and use, with positions, for scripts. */
export const factsCommand: Command = {
  name: 'facts',
  takes: '[PATH…]',
  does: 'Print every claim and every use of a port, one JSON object a line; or explain one line of a file.',
  examples: [
    { line: 'portolan facts docker-compose.monitoring.yml', says: 'All that is read in one file.', isShown: true },
    { line: 'portolan facts --explain docs/PORT_REGISTRY.md:12', says: 'Why a line was read so.', isShown: true },
  ],
  options: {
    explain: {
      type: 'string',
      value: 'LINE',
      help: 'Tell why a line of the one file given was or was not read, and with what it\nwas compared. FILE:LINE names both.',
    },
    format: formatOption(formats, 'How to print them'),
    ...reading,
  },
  async run(given, terminal) {
    given.format(formats);
    const place = given.value('explain');
    if (place !== undefined) return explainLine(place, given.positionals, terminal);
    const workspace = await openAndTell(given.positionals, terminal);
    for (const path of workspace.asked) terminal.out(factsOf(path, workspace));
    return 0;
  },
};

/** What `--explain` prints. */
async function explainLine(place: string, positionals: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { file, line } = placeOf(place, positionals);
  const workspace = await openWorkspace([file], terminal.cwd, terminal);
  const path = slashes(resolve(terminal.cwd, file));
  const text = workspace.texts.get(path) ?? (await nodeHost.readFile(path));
  if (text === undefined) throw new UsageError(`${file} cannot be read; name a text file.`);
  const { index } = workspace;
  index.settings = workspace.settingsOf(path);
  const where = (at: Place) => placeText(index, at, (one) => shortPath(one, terminal.cwd));
  const source = text.split(/\r\n?|\n/)[line - 1];
  if (source === undefined) throw new UsageError(`${file} has no line ${line}; name one that it has.`);
  const told = explain(index, path, text, line - 1, where);
  const lines = [`${shortPath(path, terminal.cwd)}:${line}`, ...told.map((sentence) => `  ${sentence}`)];
  terminal.out(lines.map((one) => `${printed(one)}\n`).join(''));
  return 0;
}

function placeOf(place: string, positionals: readonly string[]): { file: string; line: number } {
  const [, named, digits] = /^(?:(.+):)?(\d{1,9})$/.exec(place) ?? [];
  const files = named === undefined ? positionals : [named, ...positionals];
  const line = Number(digits);
  if (files.length !== 1 || !(line > 0))
    throw new UsageError('Name one line of one file, such as portolan facts --explain docs/PORTS.md:12.');
  return { file: files[0]!, line };
}

function factsOf(path: string, workspace: Workspace): string {
  const file = workspace.index.file(path);
  return [...(file?.claims ?? []), ...(file?.uses ?? [])]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((fact) => jsonText(describeFact(fact, path, workspace)) + '\n')
    .join('');
}

/** A claim or a use as programs get it. The fields are in the order in which they are printed; scripts compare lines. */
export function describeFact(fact: Claim | Use, path: string, workspace: Workspace) {
  const { file, line, column, endColumn } = locationOf({ path, span: fact.span }, workspace);
  return {
    file,
    line,
    column,
    endColumn,
    kind: fact.kind,
    role: fact.role,
    port: fact.port,
    endPort: fact.endPort ?? null,
    protocol: fact.protocol ?? null,
    side: fact.side,
    service: fact.service ?? null,
    container: fact.container ?? null,
    scope: fact.kind === 'claim' ? Object.values(fact.scope).join(', ') || null : null,
    form: fact.form,
    ...(fact.kind === 'claim' && { authority: workspace.index.file(path)?.document?.authority ?? null }),
    ...(fact.kind === 'use' && fact.via && { via: fact.via.join(', ') }),
  };
}
