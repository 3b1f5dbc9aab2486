import type { FileFacts } from '../facts.ts';
import type { Contradiction, Fix } from '../finding.ts';
import type { Astray } from '../model/astray.ts';
import type { Index } from '../model/index.ts';
import { misroutedIn } from '../model/routeTable.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import type { Rule } from '../rule.ts';
import { listText, relatedTo, whereText } from '../words.ts';

export const routeMismatch: Rule = {
  id: 'route-mismatch',
  level: 'warning',
  finds: "an nginx location that the registry's route table sends elsewhere",
  check: (file: FileFacts, index: Index) => misroutedIn(file, index).map((astray) => contradiction(astray, file)),
};

function contradiction(astray: Astray, { path }: FileFacts): Contradiction {
  const { span, port, address, instead, actual } = astray;
  const [first] = instead as [Statement];
  const owner = ownerOf(first.claim);
  const right = [...new Set(instead.map(({ claim }) => claim.port))];
  return {
    path,
    span,
    message: `${address} goes to ${actual ? `"${ownerOf(actual.claim)}"` : port}, but the registry gives it to "${owner}" on ${listText(right.map(String), 'or')} (${whereText(first)}).`,
    port,
    service: owner,
    expected: right,
    registry: placeOf(first),
    related: [...instead.map(relatedTo), ...(actual ? [relatedTo(actual, 1)] : [])],
    fixes: right.length === 1 && !astray.isNamed ? [fix(astray, right[0]!, owner, path)] : [],
  };
}

function fix({ span }: Astray, port: number, owner: string, path: string): Fix {
  return {
    title: `Use ${port}, the port of ${owner}`,
    preferred: true,
    edits: [{ path, span, newText: String(port) }],
  };
}
