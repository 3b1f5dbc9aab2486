import type { FileFacts } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { ownerOf, type Statement } from '../model/statement.ts';
import { basename } from '../path.ts';
import { claimsOf, endpointsOf, type Mention, mentionsIn, ownersOf } from '../queries/endpoints.ts';
import type { Span } from '../text.ts';
import { listText, ownerText, portText } from '../words.ts';

/** Some words behind a port that do not stand in the file. */
export interface Hint {
  readonly offset: number;
  /** `= 9007 · Berth API` */
  readonly label: string;
  /** Where that comes from. */
  readonly tooltip: string;
}

/**
 * What is not to be seen at the ports in a stretch of a file: to whom the registry gives them, and the number in effect
 * where `.env` sets another one than the default that stands there. One hint for each entry, behind it.
 */
export function hintsIn(file: FileFacts, stretch: Span, text: string, index: Index): Hint[] {
  const hints = new Map<number, Hint>();
  const isAsked = ({ start }: Span) => stretch.start <= start && start <= stretch.end;
  const known = new Map(file.uses.map(({ span, port }) => [span.start, port]));
  for (const mention of mentionsIn(file.path, index)) {
    const { use } = mention;
    const { span } = use.path === file.path ? use : use.readAt!;
    if (!isAsked(span)) continue;
    const offset = endOfEntry(text, span.end);
    const value = use.path !== file.path && known.get(span.start) !== use.port ? use : undefined;
    const owners = ownersAt(mention, index);
    const labels = [
      value && `= ${portText({ ...value, endPort: value.endPort! })}`,
      owners[0] && ownerOf(owners[0].claim),
    ];
    const tooltips = [
      value && `${basename(value.path)} sets ${value.via?.[0] ?? 'it'}.`,
      owners.length > 0 && `${use.port} is given to ${listText(owners.map(ownerText))}.`,
    ];
    const hint = { offset, label: labels.filter(Boolean).join(' · '), tooltip: tooltips.filter(Boolean).join(' ') };
    if (hint.label !== '' && !hints.has(offset)) hints.set(offset, hint);
  }
  return [...hints.values()].sort((a, b) => a.offset - b.offset);
}

/** Those to whom registries give a port, each once. */
function ownersAt(mention: Mention, index: Index): Statement[] {
  const endpoints = endpointsOf(mention, index);
  const claims = endpoints.flatMap((endpoint) => claimsOf(endpoint, index));
  const all = claims.length > 0 ? claims : endpoints.flatMap((endpoint) => ownersOf(endpoint, index));
  const current = all.filter(({ claim }) => claim.role === 'assignment' && ownerOf(claim) !== '');
  return [...new Map(current.map((statement) => [ownerOf(statement.claim), statement])).values()];
}

/** How long what stands behind the digits may be. */
const LONGEST = 200;

/** Behind the mapping, the URL or the value in which a port stands, and behind its quotes. */
function endOfEntry(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < LONGEST && !/[\s;,|[\]]/.test(text[end]!)) end++;
  return end;
}
