import type { Claim, FileFacts } from '../facts.ts';
import type { Contradiction } from '../finding.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { hasPort } from '../ports.ts';
import { blocksOf, boundsIn } from '../queries/blocks.ts';
import type { Rule } from '../rule.ts';
import { listText, portText, relatedTo, whereText } from '../words.ts';

export const outOfRange: Rule = {
  id: 'out-of-range',
  level: 'warning',
  finds: "a port outside the block that the registry gives to its group; a row outside its own section's range",
  in: ['registry', 'compose', 'dotenv'],
  *check(file, index) {
    if (file.document) yield* rowsOutside(file);
    for (const { unclaimed } of index.comparisonsFor(file)) {
      for (const { running, use } of unclaimed) {
        if (use.path !== file.path) continue;
        const blocks = blocksOf(running, index);
        if (blocks.length === 0 || blocks.some(({ claim }) => hasPort(claim, use.port))) continue;
        yield outside(file, use.span, use.port, running.service.name, blocks);
      }
    }
  },
};

/** Rows outside the range that their own heading names, or outside the one to which the document binds all ports. */
function* rowsOutside(file: FileFacts): Iterable<Contradiction> {
  const boundsOf = boundsIn(file);
  for (const claim of file.claims) {
    const own = boundsOf(claim);
    if (own.length === 0) continue;
    yield outside(
      file,
      claim.span,
      claim.port,
      ownerOf(claim),
      own.map((range) => ({ claim: range, file })),
    );
  }
}

function outside(
  file: FileFacts,
  span: Claim['span'],
  port: number,
  service: string,
  blocks: readonly Statement[],
): Contradiction {
  const ranges = listText([...new Set(blocks.map(({ claim }) => portText(claim)))], 'and');
  return {
    path: file.path,
    span,
    message: `${port} of ${service} lies outside ${ranges}, the range of "${ownerOf(blocks[0]!.claim)}" (${whereText(blocks[0]!)}).`,
    port,
    service,
    expected: [],
    registry: placeOf(blocks[0]!),
    related: blocks.map(relatedTo),
    fixes: [],
  };
}
