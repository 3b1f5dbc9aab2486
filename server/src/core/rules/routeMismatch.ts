import type { FileFacts } from '../facts.ts';
import type { Contradiction, Fix } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { ownerOf } from '../model/statement.ts';
import type { Astray } from '../queries/astray.ts';
import { misroutedIn } from '../queries/routeTable.ts';
import type { Rule } from '../rule.ts';
import { relatedTo } from '../words.ts';
import { insteadOf } from './instead.ts';

export const routeMismatch: Rule = {
  id: 'route-mismatch',
  level: 'warning',
  finds: "an nginx location that the registry's route table sends elsewhere",
  in: ['nginx'],
  check: (file: FileFacts, index: Index) => misroutedIn(file, index).map((astray) => contradiction(astray, file)),
};

function contradiction(astray: Astray, { path }: FileFacts): Contradiction {
  const { span, port, address, instead, actual } = astray;
  const { owner, expected, ports, where, registry } = insteadOf(instead);
  return {
    path,
    span,
    message: `${address} goes to ${actual ? `"${ownerOf(actual.claim)}"` : port}, but the registry gives it to "${owner}" on ${ports} (${where}).`,
    port,
    service: owner,
    expected,
    registry,
    related: [...instead.map(relatedTo), ...(actual ? [relatedTo(actual, 1)] : [])],
    fixes: expected.length === 1 && !astray.isNamed ? [fix(astray, expected[0]!, owner, path)] : [],
  };
}

function fix({ span }: Astray, port: number, owner: string, path: string): Fix {
  return {
    title: `Use ${port}, the port of ${owner}`,
    preferred: true,
    edits: [{ path, span, newText: String(port) }],
  };
}
