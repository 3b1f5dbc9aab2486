import type { Claim, FileFacts } from '../facts.ts';
import type { Contradiction } from '../finding.ts';
import { grouped } from '../grouped.ts';
import type { Index } from '../model/index.ts';
import { isGeneric, wordsOf } from '../model/names.ts';
import type { Running } from '../model/services.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { basename, dirname } from '../path.ts';
import type { Rule } from '../rule.ts';
import { listText, portText, relatedTo, whereText } from '../words.ts';

export const outOfRange: Rule = {
  id: 'out-of-range',
  level: 'warning',
  finds: "a port outside the block that the registry gives to its group; a row outside its own section's range",
  *check(file, index) {
    if (file.document) yield* rowsOutside(file);
    for (const { unclaimed } of index.comparisonsFor(file)) {
      for (const { running, use } of unclaimed) {
        if (use.path !== file.path) continue;
        const blocks = blocksOf(running, index);
        if (blocks.length === 0 || blocks.some(({ claim }) => holds(claim, use.port))) continue;
        yield outside(file, use.span, use.port, running.service.name, blocks);
      }
    }
  },
};

/** The blocks of the group to which a service belongs, told by its project or by the first words of its name. */
function blocksOf({ service, file }: Running, index: Index): Statement[] {
  const project = wordsOf(file.project ?? basename(dirname(file.path))).join(' ');
  const name = wordsOf(service.container ?? service.name).join(' ');
  return index.claims.ranges(file.path).filter(({ claim }) => {
    const group = wordsOf((claim.service ?? '').replace(/[（(].*$/u, '')).join(' ');
    if (group === '' || isGeneric(group)) return false;
    return (
      project === group || name === group || (name.startsWith(group + ' ') && isNamedSo(claim, group, index, file.path))
    );
  });
}

/** The services of a block bear its name in front. */
function isNamedSo(block: Claim, group: string, index: Index, path: string): boolean {
  return index.claims.within(block, path).some(({ claim }) =>
    wordsOf(claim.container ?? ownerOf(claim))
      .join(' ')
      .startsWith(group + ' '),
  );
}

/** Rows outside the range that their own heading names, or outside the one to which the document binds all ports. */
function* rowsOutside(file: FileFacts): Iterable<Contradiction> {
  const headings = file.claims.filter(({ role, form }) => role === 'range' && form === 'heading');
  const ranges = grouped(headings, ({ section, service }) => [...section, service].join('\n'));
  const bounds = file.claims.filter(({ role, binding }) => role === 'range' && binding);
  for (const claim of file.claims) {
    if (claim.role !== 'assignment' || claim.side === 'container' || claim.excused) continue;
    const near = claim.form === 'heading' ? undefined : ranges.get(claim.section.join('\n'));
    const own = [near ?? [], bounds].find((some) => some.length > 0 && !some.some((range) => holds(range, claim.port)));
    if (!own) continue;
    yield outside(
      file,
      claim.span,
      claim.port,
      ownerOf(claim),
      own.map((range) => ({ claim: range, file })),
    );
  }
}

function holds({ port, endPort = port }: Claim, asked: number): boolean {
  return port <= asked && asked <= endPort;
}

function outside(
  file: FileFacts,
  span: Claim['span'],
  port: number,
  service: string,
  blocks: readonly Statement[],
): Contradiction {
  const ranges = listText(
    blocks.map(({ claim }) => portText(claim)),
    'and',
  );
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
