import type { Claim, Use } from '../core/facts.ts';
import type { Command } from './arguments.ts';
import { locationOf } from './places.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** `portolan facts`: every claim and use, with positions, for scripts. */
export const factsCommand: Command = {
  name: 'facts',
  takes: '[PATH…]',
  does: 'Print every claim and every use of a port, one JSON object a line.',
  options: {
    format: { type: 'string', short: 'f', value: 'jsonl', help: 'How to print them. There is only jsonl so far.' },
  },
  async run(given, terminal) {
    given.choice('format', { jsonl: true }, 'jsonl');
    const workspace = await openWorkspace(given.positionals, terminal.cwd);
    for (const path of workspace.asked) terminal.out(factsOf(path, workspace));
    return 0;
  },
};

function factsOf(path: string, workspace: Workspace): string {
  const file = workspace.index.file(path);
  return [...(file?.claims ?? []), ...(file?.uses ?? [])]
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
    .map((fact) => JSON.stringify(describe(fact, path, workspace)) + '\n')
    .join('');
}

/** The fields in the order in which they are printed; scripts compare lines. */
function describe(fact: Claim | Use, path: string, workspace: Workspace) {
  const { file, line, column, endColumn } = locationOf({ path, span: fact.span }, workspace);
  return {
    file,
    line,
    column,
    endColumn,
    kind: fact.kind,
    role: fact.role,
    port: fact.port,
    endPort: fact.endPort ?? null,
    protocol: fact.protocol ?? null,
    side: fact.side,
    service: fact.service ?? null,
    container: fact.container ?? null,
    scope: fact.kind === 'claim' ? Object.values(fact.scope).join(', ') || null : null,
    form: fact.form,
    ...(fact.kind === 'claim' && { authority: workspace.index.file(path)?.document?.authority ?? null }),
    ...(fact.kind === 'use' && fact.via && { via: fact.via.join(', ') }),
  };
}
