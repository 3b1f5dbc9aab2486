import { Occupancy } from '../core/model/occupancy.ts';
import { isPort } from '../core/portText.ts';
import { type Arguments, type Command, reading, UsageError } from './arguments.ts';
import { openWorkspace, workspaceAround } from './workspace.ts';

/** `portolan next`: ports that nobody has. */
export const nextCommand: Command = {
  name: 'next',
  takes: '',
  does: 'Print the next free ports of the workspace around the working directory, one a line.',
  details: `Free is a port that no registry assigns, reserves, forbids or remembers as a former one, that no file takes on its
host, and that is not below 1024. Without an option the blocks of the registry are gone through in ascending order.

Exit status: 0 found, 1 none is free, 2 usage or configuration error.`,
  options: {
    range: { type: 'string', value: 'A-B', help: 'Look between these two ports.' },
    group: {
      type: 'string',
      short: 'g',
      value: 'NAME',
      help: 'Look in the block that the registry gives to this group.',
    },
    count: { type: 'string', short: 'n', value: 'N', help: 'How many to print, 1 if not given.' },
    ...reading,
  },
  async run(given, terminal) {
    if (given.positionals.length > 0) throw new UsageError('portolan next takes options only, such as --group NAME.');
    const count = countOf(given);
    const range = rangeOf(given);
    const group = given.value('group');
    if (range && group !== undefined) throw new UsageError('Give --range or --group, not both.');
    const here = `${terminal.cwd}/.`;
    const { index, missing, settingsOf } = await openWorkspace(
      [workspaceAround(here, terminal.cwd)],
      terminal.cwd,
      terminal,
    );
    for (const sentence of missing) terminal.tell(sentence);
    index.settings = settingsOf(here);
    const occupancy = new Occupancy(index, here);
    const intervals = range ? [range] : occupancy.intervals(group === undefined ? {} : { group });
    if (intervals.length === 0) throw new UsageError(`No registry gives a block to ${group}; --range A-B names one.`);
    const ports = occupancy.free(intervals, count);
    if (ports.length < count)
      terminal.tell(ports.length === 0 ? 'No port is free there.' : 'No more ports are free there.');
    for (const port of ports) terminal.out(`${port}\n`);
    return ports.length > 0 ? 0 : 1;
  },
};

function countOf(given: Arguments): number {
  const value = given.value('count') ?? '1';
  if (!/^[1-9]\d{0,4}$/.test(value)) throw new UsageError(`--count ${value} is no number of ports; use 1 or more.`);
  return Number(value);
}

function rangeOf(given: Arguments): { port: number; endPort: number } | undefined {
  const value = given.value('range');
  if (value === undefined) return undefined;
  const [, first, last] = /^(\d+)-(\d+)$/.exec(value.trim()) ?? [];
  const [port, endPort] = [Number(first), Number(last)];
  if (isPort(port) && isPort(endPort) && port <= endPort) return { port, endPort };
  throw new UsageError(`--range ${value} is no range of ports; write it such as 8000-8099.`);
}
