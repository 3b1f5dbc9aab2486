import { readdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Merged, type PortReport } from '../../core/exchange/merged.ts';
import { parseExport } from '../../core/exchange/parse.ts';
import { type Command, formatOption } from '../arguments.ts';
import { textIn } from '../input.ts';
import { jsonText, printed } from '../printed.ts';
import { UsageError } from '../usageError.ts';

type Writer = (report: PortReport) => string;

const writers: Readonly<Record<string, Writer>> = {
  text: inWords,
  jsonl: (report) => `${jsonText(report)}\n`,
};

/** `portolan merge`: where the ports of many repositories do not fit together. */
export const mergeCommand: Command = {
  name: 'merge',
  takes: 'EXPORT…',
  does: 'Report across repositories, from what portolan export wrote for each: ports that two of them claim, ports that are used and in no registry, and claims that nobody uses.',
  details: `An EXPORT that is a folder stands for all files in it that end in .json. They are read one after the other, so that memory
does not grow with their number.

Exit status: 0 nothing is claimed twice, 1 something is, 2 usage error or an export that cannot be read.`,
  examples: [{ line: 'portolan merge exports/', says: 'All repositories that were exported into a folder.' }],
  options: { format: formatOption(writers, 'How to report') },
  async run(given, terminal) {
    const write = given.format(writers);
    if (given.positionals.length === 0)
      throw new UsageError('Name the files that portolan export has written, or their folder.');
    const merged = new Merged();
    for (const path of given.positionals) {
      for (const file of filesAt(path, terminal.cwd)) take(file, merged, terminal.cwd);
    }
    let contested = 0;
    for (const report of merged.problems()) {
      if (report.problem === 'claimed-twice') contested++;
      terminal.out(write(report));
    }
    const { repositories, claims, uses } = merged;
    terminal.tell(
      `${repositories} repositories with ${claims} claims and ${uses} uses; ${counted(contested)} claimed twice.`,
    );
    return contested > 0 ? 1 : 0;
  },
};

/** The files that a path stands for, as the user would name them. */
function* filesAt(path: string, cwd: string): Iterable<string> {
  const about = statSync(resolve(cwd, path), { throwIfNoEntry: false });
  if (!about) throw new UsageError(`There is no file or folder ${path}; name one that exists.`);
  if (!about.isDirectory()) return yield path;
  const entries = readdirSync(resolve(cwd, path), { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  for (const name of names.sort()) if (name.endsWith('.json')) yield `${path}/${name}`;
}

function take(path: string, merged: Merged, cwd: string): void {
  const found = parseExport(textIn(resolve(cwd, path), path));
  if (typeof found === 'string') throw new UsageError(`${path} ${found}; make it with portolan export.`);
  merged.add(found);
}

function counted(ports: number): string {
  return ports === 1 ? '1 port is' : `${ports} ports are`;
}

function inWords({ port, protocol, problem, witnesses, count }: PortReport): string {
  const number = protocol === 'udp' ? `${port}/udp` : String(port);
  const told = witnesses.map(({ repository, at, service }) => {
    const owner = service === undefined ? '' : ` (${service})`;
    return `  ${printed(`${repository} ${at}${owner}`)}\n`;
  });
  const rest = count > witnesses.length ? `  and ${count - witnesses.length} more\n` : '';
  return `${number} ${SENTENCES[problem]}:\n${told.join('')}${rest}`;
}

const SENTENCES: Readonly<Record<PortReport['problem'], string>> = {
  'claimed-twice': 'is given to different services',
  'unknown-use': 'is used, and no registry gives it to anybody',
  unused: 'is given to a service, and nobody uses it',
};
