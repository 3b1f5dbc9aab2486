import { resolve } from 'node:path';
import { apply } from '../../core/edits.ts';
import { type Relocation, relocate } from '../../core/features/relocation.ts';
import type { Edit } from '../../core/finding.ts';
import { slashes } from '../../core/path.ts';
import { type Arguments, type Command, formatOption, reading } from '../arguments.ts';
import { type Change, diffOf, markOf, readExactly, write } from '../fix.ts';
import { locationOf, shortPath } from '../places.ts';
import { jsonText } from '../printed.ts';
import { UsageError } from '../usageError.ts';
import { openAndTell, type Workspace, workspaceAround } from '../workspace.ts';

/** What is to move where. */
export interface Wish {
  readonly service: string;
  readonly port: number;
  /** The port to leave, of a service that has several. */
  readonly from?: number;
  /** A file or folder in which the service is, as an absolute path. */
  readonly within?: string;
}

/** A move with the files that it changes, or why there is none. */
type Planned = (Relocation & { readonly changes: readonly Change[] }) | { readonly refused: string };

type Format = (planned: Planned, wish: Wish, isWritten: boolean, workspace: Workspace) => string;

const formats: Readonly<Record<string, Format>> = {
  diff: (planned, _, isWritten, workspace) =>
    'refused' in planned || isWritten ? '' : diffOf(planned.changes, workspace),
  json: (...move) => `${jsonText(describeMove(...move), 2)}\n`,
};

/** `portolan move`: another port for a service, wherever it is written. */
export const moveCommand: Command = {
  name: 'move',
  takes: 'SERVICE PORT',
  does: 'Move a service to another port, in the registries and wherever else it is written; prints the change as a diff.',
  details: `Nothing is changed that is another service's, and nothing at all where the port is taken, forbidden or outside of its
block, or where the move would bring up a new finding. In the diff lines that may hold a secret are shown in part.

Exit status: 0 done, 1 refused, 2 usage or configuration error.`,
  examples: [
    { line: 'portolan move crane-scheduler 3140', says: 'Look at what would change.', isShown: true },
    { line: 'portolan move crane-scheduler 3104', says: 'A port that somebody else has is refused.', isShown: true },
    { line: 'portolan move crane-scheduler 3140 --write', says: 'Make the change.' },
  ],
  options: {
    write: { type: 'boolean', short: 'w', help: 'Write the files instead of printing the diff.' },
    from: { type: 'string', value: 'PORT', help: 'The port to leave, of a service that has several.' },
    path: { type: 'string', value: 'PATH', help: 'A file or folder in which the service is, of several of that name.' },
    format: formatOption(formats, 'How to print the change'),
    ...reading,
  },
  async run(given, terminal) {
    const format = given.format(formats);
    const path = given.value('path');
    const wish = { ...wishOf(given), ...(path !== undefined && { within: slashes(resolve(terminal.cwd, path)) }) };
    const here = `${terminal.cwd}/.`;
    const workspace = await openAndTell([workspaceAround(here, terminal.cwd)], terminal);
    const planned = planMove(wish, workspace, 'with --from PORT or --path PATH');
    const isWritten = given.has('write') && !('refused' in planned);
    if (isWritten) write(planned.changes, workspace);
    terminal.out(format(planned, wish, isWritten, workspace));
    if ('refused' in planned) {
      terminal.tell(planned.refused);
      return 1;
    }
    terminal.tell(`${isWritten ? 'Moved' : 'Would move'} ${summary(planned)}.`);
    return 0;
  },
};

/**
 * What a move changes. Writes nothing.
 * @param how how somebody says which of several services is meant, behind "say which"
 */
export function planMove({ service, port, from, within }: Wish, workspace: Workspace, how: string): Planned {
  const { cwd, index, settingsOf, texts } = workspace;
  index.settings = settingsOf(within ?? `${cwd}/.`);
  const asked = { service, how, ...(from !== undefined && { from }), ...(within !== undefined && { within }) };
  const shown = (path: string) => shortPath(path, cwd);
  const moved = relocate(asked, port, { ...workspace, text: (path) => texts.get(path) }, shown);
  if ('refused' in moved) return moved;
  const changes = changesOf(moved.edits, workspace);
  return 'refused' in changes ? { refused: `Nothing is moved: ${changes.refused}.` } : { ...moved, changes };
}

/** A move as programs get it. */
export function describeMove(planned: Planned, wish: Wish, isWritten: boolean, workspace: Workspace) {
  const isRefused = 'refused' in planned;
  return {
    version: 1,
    service: isRefused ? wish.service : planned.service,
    from: isRefused ? (wish.from ?? null) : planned.from,
    to: wish.port,
    written: isWritten,
    refused: isRefused ? planned.refused : null,
    edits: (isRefused ? [] : planned.edits).map((edit) => ({
      ...locationOf(edit, workspace),
      newText: edit.newText,
    })),
  };
}

function wishOf(given: Arguments): Wish {
  const last = given.positionals.at(-1) ?? '';
  const service = given.positionals.slice(0, -1).join(' ').trim();
  if (service === '' || !/^\d+$/.test(last)) {
    throw new UsageError('Name a service and its new port, such as portolan move human-task 9010.');
  }
  const from = given.value('from');
  if (from === undefined) return { service, port: Number(last) };
  if (!/^\d+$/.test(from)) throw new UsageError(`--from ${from} is not a port; give the number of the port to leave.`);
  return { service, port: Number(last), from: Number(from) };
}

/** All files with the edits in them, or the first reason for which one is not to be edited: then none is. */
function changesOf(edits: readonly Edit[], workspace: Workspace): Change[] | { refused: string } {
  const changes: Change[] = [];
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const found = readExactly(path, workspace);
    if ('refused' in found) return { refused: `${shortPath(path, workspace.cwd)} ${found.refused}` };
    const own = edits.filter((edit) => edit.path === path);
    changes.push({ path, before: found.text, after: markOf(found.text) + apply(workspace.texts.get(path)!, own) });
  }
  return changes;
}

function summary({
  service,
  from,
  to,
  edits,
  changes: { length: files },
}: Exclude<Planned, { refused: string }>): string {
  const places = edits.length === 1 ? '1 place' : `${edits.length} places`;
  return `${service} from ${from} to ${to}, at ${places} in ${files === 1 ? '1 file' : `${files} files`}`;
}
