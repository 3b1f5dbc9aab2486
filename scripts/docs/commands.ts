import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { type Command, type Example, help, optionNames } from '../../server/src/cli/arguments.ts';
import { commands, run } from '../../server/src/cli/run.ts';
import { english } from './english.ts';
import { code, fence, table } from './markdown.ts';

const EXAMPLE = 'examples/flowharbor';

/** The pages of the commands, made from what their `--help` is made of, with what the examples print. */
export async function commandPages(root: string): Promise<[path: string, page: string][]> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-docs-'));
  const example = join(folder, 'flowharbor');
  cpSync(join(root, EXAMPLE), example, { recursive: true });
  // A workspace of its own, whatever lies above it.
  mkdirSync(join(example, '.git'));
  const pages: [string, string][] = [];
  for (const command of commands) pages.push([`docs/commands/${command.name}.md`, await pageOf(command, example)]);
  rmSync(folder, { recursive: true });
  return pages;
}

async function pageOf(command: Command, folder: string): Promise<string> {
  const { name, takes, does, details, options, examples = [] } = command;
  const rows = Object.entries({ ...options, help }).map(([option, about]) => [
    code(optionNames(option, about)),
    about.help,
  ]);
  const shown: string[] = [];
  for (const example of examples) shown.push(await exampleOf(example, folder));
  return [
    `# portolan ${name}\n`,
    `${does}\n`,
    fence('text', `portolan ${name} ${takes}`.trimEnd()),
    ...(details ? [`${details}\n`] : []),
    table(['option', ''], rows),
    ...(shown.length > 0 ? ['## Examples\n', ...shown] : []),
  ].join('\n');
}

/** What an example is for, its line, and what it prints in the example's folder where that is told. */
async function exampleOf({ line, says, isShown }: Example, folder: string): Promise<string> {
  const given = `${says}\n\n${fence('sh', line)}`;
  if (!isShown) return given;
  const printed: string[] = [];
  await run(line.split(' ').slice(1), {
    cwd: folder,
    input: () => '',
    out: (text) => void printed.push(String(text)),
    tell: (sentence) => void printed.push(`portolan: ${sentence}\n`),
    style: (_, text) => text,
  });
  const text = printed.join('');
  return `${given}\n${fence(text.startsWith('--- ') ? 'diff' : 'text', text)}`;
}

export function commandIndex(): string {
  const rows = commands.map(({ name, does }) => [`[portolan ${name}](${name}.md)`, does]);
  return `# Commands

\`npx portolan\` runs them without an installation. \`--help\` behind a command tells its options, \`portolan man\` prints all of this as a manual page, and \`portolan completions\` has a shell complete it.

${table(['command', ''], rows)}
What the examples print is what they print in [\`${EXAMPLE}\`](../../${EXAMPLE}).

## In VS Code

These are in the command palette, those without _Portolan_ in the menus of the Ports view. Keys are bound to the names on the right.

${table(['command', 'name'], inEditor)}`;
}

/** The commands of the extension, as the palette and menus call them. */
const inEditor = manifest.contributes.commands.map(({ command, title, ...others }) => [
  `${'category' in others ? `${others.category}: ` : ''}${english(title)}`,
  code(command),
]);
