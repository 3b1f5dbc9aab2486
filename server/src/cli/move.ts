import { resolve } from 'node:path';
import { apply } from '../core/edits.ts';
import type { Edit } from '../core/finding.ts';
import { type Relocation, relocate } from '../core/relocation.ts';
import { type Arguments, type Command, reading, UsageError } from './arguments.ts';
import { type Change, markOf, readExactly, write } from './fix.ts';
import { unifiedDiff } from './patch.ts';
import { openWorkspace, shortPath, slashes, type Workspace, workspaceAround } from './workspace.ts';

/** `portolan move`: another port for a service, wherever it is written. */
export const moveCommand: Command = {
  name: 'move',
  takes: 'SERVICE PORT',
  does: 'Move a service to another port, in the registries and wherever else it is written; prints the change as a diff.',
  details: `Nothing is changed that is another service's, and nothing at all where the port is taken, forbidden or outside of its
block, or where the move would bring up a new finding. In the diff lines that may hold a secret are shown in part.

Exit status: 0 done, 1 refused, 2 usage or configuration error.`,
  options: {
    write: { type: 'boolean', short: 'w', help: 'Write the files instead of printing the diff.' },
    from: { type: 'string', value: 'PORT', help: 'The port to leave, of a service that has several.' },
    path: { type: 'string', value: 'PATH', help: 'A file or folder in which the service is, of several of that name.' },
    ...reading,
  },
  async run(given, terminal) {
    const { service, port, from } = askedOf(given);
    const here = `${terminal.cwd}/.`;
    const workspace = await openWorkspace([workspaceAround(here, terminal.cwd)], terminal.cwd, terminal);
    for (const sentence of workspace.missing) terminal.tell(sentence);
    const path = given.value('path');
    const within = path === undefined ? undefined : slashes(resolve(terminal.cwd, path));
    const shown = (full: string) => shortPath(full, terminal.cwd);
    workspace.index.settings = workspace.settingsOf(within ?? here);
    const asked = { service, ...(from !== undefined && { from }), ...(within !== undefined && { within }) };
    const moved = relocate(asked, port, { ...workspace, text: (file) => workspace.texts.get(file) }, shown);
    if ('refused' in moved) {
      terminal.tell(
        moved.refused.replace(/; say which one is meant\.$/, '; say which with --from PORT or --path PATH.'),
      );
      return 1;
    }
    const changes = changesOf(moved.edits, workspace);
    if ('refused' in changes) {
      terminal.tell(`Nothing is moved: ${changes.refused}.`);
      return 1;
    }
    if (given.has('write')) write(changes, workspace);
    for (const { path, before, after } of given.has('write') ? [] : changes) {
      const isVariables = workspace.index.file(path)?.kind === 'dotenv';
      terminal.out(unifiedDiff(shown(path), before, after, isVariables));
    }
    terminal.tell(`${given.has('write') ? 'Moved' : 'Would move'} ${summary(moved, changes.length)}.`);
    return 0;
  },
};

function askedOf(given: Arguments): { service: string; port: number; from?: number } {
  const last = given.positionals.at(-1) ?? '';
  const service = given.positionals.slice(0, -1).join(' ').trim();
  if (service === '' || !/^\d+$/.test(last)) {
    throw new UsageError('Name a service and its new port, such as portolan move human-task 9010.');
  }
  const from = given.value('from');
  if (from === undefined) return { service, port: Number(last) };
  if (!/^\d+$/.test(from)) throw new UsageError(`--from ${from} is no port; give the number of the port to leave.`);
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

function summary({ service, from, to, edits }: Relocation, files: number): string {
  const places = edits.length === 1 ? '1 place' : `${edits.length} places`;
  return `${service} from ${from} to ${to}, at ${places} in ${files === 1 ? '1 file' : `${files} files`}`;
}
