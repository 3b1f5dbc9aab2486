import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import packageJson from '../../../../package.json' with { type: 'json' };
import { slashes } from '../../core/path.ts';
import { answersFor } from '../../mcp/answers.ts';
import type { Command } from '../arguments.ts';
import { UsageError } from '../usageError.ts';
import { workspaceAround } from '../workspace.ts';

/** `portolan mcp`: the command line for coding agents, by the Model Context Protocol. */
export const mcpCommand: Command = {
  name: 'mcp',
  takes: '[FOLDER]',
  does: 'Answer coding agents over standard input and output: who, next, check and move as tools of an MCP server.',
  details: `Without a FOLDER the workspace around the working directory is served. Nothing outside of it can be asked for.
How agents are told of it: https://github.com/portolan-dev/portolan/blob/main/docs/agents.md

Exit status: 0 when the input ends, 2 usage error.`,
  options: {
    'allow-writes': { type: 'boolean', help: 'Let the tool move change files. Without it, nothing is written.' },
  },
  async run(given, terminal) {
    const folder = given.single('folder');
    const root =
      folder === undefined ? workspaceAround(`${terminal.cwd}/.`, terminal.cwd) : folderAt(folder, terminal.cwd);
    const mayWrite = given.has('allow-writes');
    // A bundle of its own, because no other command needs it.
    const { serve } = await import('../../mcp/serve.ts');
    await serve(answersFor(root, mayWrite), packageJson.version, mayWrite);
    return 0;
  },
};

function folderAt(name: string, cwd: string): string {
  const path = slashes(resolve(cwd, name));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new UsageError(`There is no folder ${name}; name one that exists.`);
}
