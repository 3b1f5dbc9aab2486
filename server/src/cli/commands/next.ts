import { portsOf } from '../../core/features/freePorts.ts';
import { ownerOf } from '../../core/model/statement.ts';
import { isPort } from '../../core/notation/portText.ts';
import { hasPort } from '../../core/ports.ts';
import { type Interval, Occupancy } from '../../core/queries/occupancy.ts';
import { type Arguments, type Command, formatOption, reading } from '../arguments.ts';
import { jsonText } from '../printed.ts';
import { UsageError } from '../usageError.ts';
import { openAndTell, type Workspace, workspaceAround } from '../workspace.ts';

type Format = (answer: FreePorts) => string;

const formats: Readonly<Record<string, Format>> = {
  text: ({ ports }) => ports.map(({ port }) => `${port}\n`).join(''),
  json: (answer) => `${jsonText(answer, 2)}\n`,
};

/** `portolan next`: ports that nobody has. */
export const nextCommand: Command = {
  name: 'next',
  takes: '',
  does: 'Print the next free ports of the workspace around the working directory, one a line.',
  details: `Free is a port that no registry assigns, reserves, forbids or remembers as a former one, that no file takes on its
host, and that is not below 1024. Without an option the blocks of the registry are gone through in ascending order.

Exit status: 0 found, 1 none is free, 2 usage or configuration error.`,
  examples: [
    { line: 'portolan next --group harbour', says: 'The next free port of a block.', isShown: true },
    { line: 'portolan next --range 3900-3999 --count 3', says: 'Three between two ports.', isShown: true },
  ],
  options: {
    range: { type: 'string', value: 'A-B', help: 'Look between these two ports.' },
    group: {
      type: 'string',
      short: 'g',
      value: 'NAME',
      help: 'Look in the block that the registry gives to this group.',
    },
    service: {
      type: 'string',
      short: 's',
      value: 'NAME',
      help: 'Look in the block in which this service has its ports.',
    },
    count: { type: 'string', short: 'n', value: 'N', help: 'How many to print, 1 if not given.' },
    format: formatOption(formats, 'How to print them'),
    ...reading,
  },
  async run(given, terminal) {
    if (given.positionals.length > 0) throw new UsageError('portolan next takes options only, such as --group NAME.');
    const format = given.format(formats);
    const [count, wanted] = [countOf(given), wantedBy(given)];
    const here = `${terminal.cwd}/.`;
    const workspace = await openAndTell([workspaceAround(here, terminal.cwd)], terminal);
    const answer = answerNext(workspace, here, wanted, count);
    const { group, service } = wanted;
    if (answer === undefined && group !== undefined)
      throw new UsageError(`No registry gives a block to ${group}; --range A-B names one.`);
    if (answer === undefined) throw new UsageError(`No port of ${service} is known; --group or --range says where.`);
    const { ports } = answer;
    if (ports.length < count)
      terminal.tell(ports.length === 0 ? 'No port is free there.' : 'No more ports are free there.');
    terminal.out(format(answer));
    return ports.length > 0 ? 0 : 1;
  },
};

/** Where a free port is looked for; in all blocks where nothing is said. */
export interface Wanted {
  readonly range?: Interval;
  readonly group?: string;
  readonly service?: string;
}

/** Free ports as programs get them. */
interface FreePorts {
  readonly version: 1;
  readonly ports: readonly { readonly port: number; readonly group: string | null }[];
}

/**
 * The next free ports, each with the group to which its block belongs.
 * @param here the file or folder (with a slash at its end) whose registries count
 * @returns `undefined` when no registry knows the group, and nobody the service
 */
export function answerNext(workspace: Workspace, here: string, wanted: Wanted, count: number): FreePorts | undefined {
  const { index, settingsOf } = workspace;
  index.settings = settingsOf(here);
  const occupancy = new Occupancy(index, here);
  const intervals = wanted.range ? [wanted.range] : intervalsFor(wanted, occupancy, workspace, here);
  if (intervals.length === 0) return undefined;
  const ports = occupancy.free(intervals, count).map((port) => {
    const block = intervals.find((interval) => hasPort(interval, port))?.block;
    return { port, group: (block && ownerOf(block)) || null };
  });
  return { version: 1, ports };
}

function intervalsFor({ group, service }: Wanted, occupancy: Occupancy, { index }: Workspace, here: string) {
  if (group !== undefined) return occupancy.intervals({ group });
  if (service === undefined) return occupancy.intervals();
  const near = portsOf(index, here, service);
  return near.length > 0 ? occupancy.intervals({ near }) : [];
}

function countOf(given: Arguments): number {
  const value = given.value('count') ?? '1';
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new UsageError(`--count ${value} is not a number of ports; use 1 or more.`);
  return Number(value);
}

function wantedBy(given: Arguments): Wanted {
  const range = rangeOf(given);
  const [group, service] = [given.value('group'), given.value('service')];
  if (range && group !== undefined) throw new UsageError('Give --range or --group, not both.');
  if (service !== undefined && (range || group !== undefined))
    throw new UsageError('Give --service alone, without --range and --group.');
  return { ...(range && { range }), ...(group !== undefined && { group }), ...(service !== undefined && { service }) };
}

function rangeOf(given: Arguments): { port: number; endPort: number } | undefined {
  const value = given.value('range');
  if (value === undefined) return undefined;
  const [, first, last] = /^(\d+)-(\d+)$/.exec(value.trim()) ?? [];
  const [port, endPort] = [Number(first), Number(last)];
  if (isPort(port) && isPort(endPort) && port <= endPort) return { port, endPort };
  throw new UsageError(`--range ${value} is not a range of ports; write it such as 8000-8099.`);
}
