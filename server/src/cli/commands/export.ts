import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { exportOf } from '../../core/exchange/export.ts';
import { scipIndex } from '../../core/exchange/scip.ts';
import type { Place } from '../../core/finding.ts';
import { basename } from '../../core/path.ts';
import { type Command, formatOption, reading } from '../arguments.ts';
import { locationOf, shortPath } from '../places.ts';
import { jsonText } from '../printed.ts';
import { UsageError } from '../usageError.ts';
import { openAndTell, type Workspace } from '../workspace.ts';

type Writer = (workspace: Workspace, folder: string, repository: string) => string | Uint8Array;

const writers: Readonly<Record<string, Writer>> = {
  json: (workspace, folder, repository) => {
    const at = (place: Place) => {
      const { line, column } = locationOf(place, workspace);
      return `${shortPath(place.path, folder)}:${line}:${column}`;
    };
    return `${jsonText(exportOf(workspace.index, repository, at))}\n`;
  },
  scip: ({ index }, folder, repository) => scipIndex(index, repository, folder),
};

/** `portolan export`: what the repository tells others of its ports. */
export const exportCommand: Command = {
  name: 'export',
  takes: '[FOLDER]',
  does: 'Write the claims and the published ports of a repository into one file, for portolan merge or a code index.',
  details: `json is read by portolan merge. scip is an index for Sourcegraph and others, in which a claim is the definition of a
port and each use a reference; see https://github.com/sourcegraph/scip.`,
  examples: [
    { line: 'portolan export --name harbour/berths --output berths.json', says: 'For portolan merge.' },
    { line: 'portolan export --format scip --output index.scip', says: 'For a code index.' },
  ],
  options: {
    format: formatOption(writers, 'What to write'),
    name: {
      type: 'string',
      value: 'REPOSITORY',
      help: 'What the repository is called, such as harbour/berths; without it as its folder.',
    },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'Where to write it; without it to standard output.' },
    ...reading,
  },
  async run(given, terminal) {
    const path = given.single('folder') ?? '.';
    const write = given.format(writers);
    const workspace = await openAndTell([path], terminal);
    const folder = workspace.roots[0]!;
    const content = write(workspace, folder, given.value('name') ?? basename(folder));
    const output = given.value('output');
    if (output === undefined) terminal.out(content);
    else writeTo(resolve(terminal.cwd, output), content);
    return 0;
  },
};

function writeTo(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new UsageError(`${path} could not be written: ${(error as Error).message}.`);
  }
}
