import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { read } from '../../core/analyze.ts';
import { draft } from '../../core/features/draft.ts';
import { governedBy } from '../../core/model/governance.ts';
import { slashes } from '../../core/path.ts';
import { type Command, formatOption, reading } from '../arguments.ts';
import { shortPath } from '../places.ts';
import { jsonText } from '../printed.ts';
import { UsageError } from '../usageError.ts';
import { openAndTell } from '../workspace.ts';
import { createFile } from '../writing.ts';

const NAME = 'PORT_REGISTRY.md';

/** What was drafted for which file, if there is anything to register. */
interface Draft {
  readonly version: 1;
  readonly file: string;
  readonly written: boolean;
  readonly text: string | null;
}

type Format = (draft: Draft) => string;

const formats: Readonly<Record<string, Format>> = {
  text: ({ text, written }) => (written ? '' : (text ?? '')),
  json: (draft) => `${jsonText(draft, 2)}\n`,
};

/** `portolan init`: a registry to begin with. */
export const initCommand: Command = {
  name: 'init',
  takes: '[FILE]',
  does: 'Draft a registry from the ports that the files below the working directory take on their hosts.',
  details: `FILE is where the registry is to lie, ${NAME} if not given; its headings name files as seen from the
folder that it will govern there.

Exit status: 0 drafted, 2 usage or configuration error.`,
  examples: [
    { line: 'portolan init', says: 'Look at the draft.', isShown: true },
    { line: 'portolan init --write docs/PORTS.md', says: 'Write it.' },
  ],
  options: {
    write: { type: 'boolean', help: 'Write FILE instead of printing it. A file that is there stays as it is.' },
    format: formatOption(formats, 'How to print the draft'),
    ...reading,
  },
  async run(given, terminal) {
    const format = given.format(formats);
    const name = given.single('file') ?? NAME;
    const path = slashes(resolve(terminal.cwd, name));
    if (given.has('write') && existsSync(path)) {
      throw new UsageError(`${name} is there already and stays as it is; name another file, or move it away.`);
    }
    const { index, settingsOf } = await openAndTell([], terminal);
    index.settings = settingsOf(path);
    const text = draft(index, folderGovernedFrom(path, name)) ?? null;
    const file = shortPath(path, terminal.cwd);
    const written = text !== null && given.has('write');
    if (written) createFile(path, text);
    terminal.out(format({ version: 1, file, written, text }));
    if (written) terminal.tell(`Wrote ${file}.`);
    if (text === null) {
      terminal.tell('No compose or nginx file here takes a port of its host, so there is nothing to register.');
    }
    return 0;
  },
};

/** The folder that a registry will govern by its place. A name under which it would be none is refused. */
function folderGovernedFrom(path: string, name: string): string {
  const sample = read(path, '# Port registry\n\n| Port | Service |\n| ---- | ------- |\n| 4100 | quay |\n');
  if (sample?.document?.authority === 'registry') return governedBy(sample);
  throw new UsageError(`${name} would not be read as a registry; name it such as ${NAME} or docs/PORTS.md.`);
}
