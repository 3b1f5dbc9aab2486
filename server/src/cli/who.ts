import { who } from '../core/who.ts';
import { type Command, reading, UsageError } from './arguments.ts';
import { printed } from './printed.ts';
import { openAndTell, shortPath, workspaceAround } from './workspace.ts';

/** `portolan who`: what a hover shows. */
export const whoCommand: Command = {
  name: 'who',
  takes: 'PORT|SERVICE',
  does: 'Tell who owns a port, or which ports a service has, in the workspace around the working directory.',
  details: 'Exit status: 0 found, 1 nobody knows it, 2 usage or configuration error.',
  options: { ...reading },
  async run(given, terminal) {
    const query = given.positionals.join(' ').trim();
    if (query === '') throw new UsageError('Name a port or a service, such as portolan who 8080.');
    const root = workspaceAround(`${terminal.cwd}/.`, terminal.cwd);
    const { index, settingsOf } = await openAndTell([root], terminal);
    index.settings = settingsOf(`${terminal.cwd}/.`);
    const answer = who(index, query, (path) => shortPath(path, terminal.cwd));
    if (answer === undefined) {
      terminal.tell(`Nothing is known of ${query} in ${root}.`);
      return 1;
    }
    terminal.out(`${answer.map(printed).join('\n')}\n`);
    return 0;
  },
};
