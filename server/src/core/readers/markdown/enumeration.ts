import type { Claim, Form } from '../../facts.ts';
import { findPorts, mayBeYear } from '../../notation/portText.ts';
import { WELL_KNOWN } from '../../vocabulary/cells.ts';
import { wholePhrase } from '../../vocabulary/phrases.ts';
import { NEEDED } from '../../vocabulary/sections.ts';
import type { Line } from './blocks.ts';
import { type Context, introducedBy } from './context.ts';
import { clean, mask } from './inline.ts';
import { nameOf } from './names.ts';

/** `Dependencies: NATS 4222 (monitoring 8222), Jaeger 16686.` */
const LABELLED = /^\s{0,3}([^:：.,;\d]{1,60})[:：]\s+(?=\S)/u;
/**
 * A name and its port, two of them or a range, and in parentheses a part of it with another one; nothing else. Several
 * words are a name where each begins as a name does: `the crane used 4222` is none.
 */
const ENTRY =
  /^\s*([\p{L}][\p{L}\p{N}_./-]{0,40}|[\p{Lu}\p{Lo}][\p{L}\p{N}_./-]{0,40}(?: [\p{Lu}\p{Lo}\p{N}][\p{L}\p{N}_./-]{0,40}){1,2}) (\d{2,5}(?:[/–-]\d{2,5})?)(?: \(([\p{L}][\p{L} -]{0,30}) (\d{2,5})\))?[.\s]*$/u;
const FEWEST = 2;
const needed = wholePhrase(NEEDED);

/** Services with their ports, one after the other in one line behind a label; empty as soon as anything else is there. */
export function readEnumeration(line: Line, above: Context, form: Form): Claim[] {
  const masked = mask(line.text);
  const label = LABELLED.exec(masked);
  if (!label) return [];
  const words = clean(label[1]!);
  const context = needed.test(words) ? above : introducedBy(above, words);
  if (context.silent !== undefined || context.clash || context.migration) return [];
  const claims: Claim[] = [];
  let at = label[0].length;
  const entries = masked.slice(at).split(/[,;]/);
  for (const entry of entries) {
    const [, written, own = '', part] = ENTRY.exec(entry) ?? [];
    const name = nameOf(clean(written ?? ''));
    const ports = findPorts(entry, line.start + at);
    const count = own.includes('/') ? 2 : 1;
    if (name === undefined || ports.length !== count + (part === undefined ? 0 : 1) || !ports.every(isLikely))
      return [];
    for (const [i, port] of ports.entries()) {
      claims.push({
        kind: 'claim',
        role: context.role ?? 'assignment',
        ...port,
        side: context.side ?? 'any',
        service: i < count ? name : `${name} ${part}`,
        form,
        scope: context.scope,
        section: context.section,
        ...(context.internal && { internal: true as const }),
        ...(context.excused && { excused: true as const }),
      });
    }
    at += entry.length + 1;
  }
  return entries.length < FEWEST ? [] : claims;
}

/** Smaller numbers count something, and so do years. */
function isLikely({ port }: { readonly port: number }): boolean {
  return (port >= 1000 && !mayBeYear({ port })) || WELL_KNOWN.has(port);
}
