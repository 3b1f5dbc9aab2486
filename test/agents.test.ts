import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../server/src/cli/arguments.ts';
import { mcpCommand } from '../server/src/cli/commands/mcp.ts';
import { commands } from '../server/src/cli/run.ts';
import { toolsFor } from '../server/src/mcp/tools.ts';

const page = readFileSync(new URL('../docs/agents.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!);

/** The command line in the settings of an agent. */
function commandIn(
  settings: Record<string, Record<string, { command: string | string[]; args?: string[] }>>,
): string[] {
  const [servers] = Object.values(settings);
  const { command, args = [] } = servers!.portolan!;
  return [command, args].flat();
}

test('every agent is set up with a command line that there is', () => {
  const [toml] = blocks('toml');
  const written = [
    ...blocks('json').map((text) => commandIn(JSON.parse(text))),
    JSON.parse(/^args = (.*)$/m.exec(toml!)![1]!),
  ];
  expect(written).toHaveLength(5);
  for (const words of written) {
    const args = words.slice(words.indexOf('portolan') + 1);
    expect(args[0]).toBe(mcpCommand.name);
    expect(() => parseCommandLine(args.slice(1), mcpCommand)).not.toThrow();
  }
});

test('every tool is described', () => {
  const listed = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(listed).toEqual(Object.keys(toolsFor(false)));
});

test('the paragraph for agents names commands and options that there are', () => {
  const [paragraph] = blocks('markdown');
  const named = [...paragraph!.matchAll(/npx portolan (\w+)([^`]*)/g)];
  expect(named.map(([, name]) => name)).toEqual(['who', 'next', 'move', 'check']);
  for (const [, name, rest] of named) {
    const command = commands.find((one) => one.name === name)!;
    expect(() => parseCommandLine(rest!.trim().split(' '), command)).not.toThrow();
  }
});
