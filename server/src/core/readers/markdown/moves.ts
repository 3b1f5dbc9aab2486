import type { Claim, Form } from '../../facts.ts';
import { findPorts, type PortText } from '../../notation/portText.ts';
import type { Line } from './blocks.ts';
import type { Context } from './context.ts';
import { clean, mask } from './inline.ts';
import { nameOf } from './names.ts';

const ARROW = /^\s*(?:→|->|=>|➜|⇒|➡️?)\s*$/u;
const CURRENTLY =
  /(?:^|[:.] ?)([^:.]{2,60}?) (?:currently|still|presently) (?:uses?|runs? on|listens? on|is on) (?:ports? )?$/i;
/** The day of an entry in a history: `2025-02-11:`, `11.02.2025 –`. */
const DATE = /^\s*(?:\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{2,4})(?!\d)[\s:–—-]*/;
const MOVED = /^(.{2,60}?):? (?:was )?(?:moves?|moved|migrated|changed) from (?:ports? )?$/i;

/**
 * The ports that a service has left or is to leave: `AVALON: 4900 → 4600`, `Corona (5100 → 5050)`, `Mail currently uses
 * 4900/3060. Migrate to …`. The new ports are left to the registry's own rows.
 */
export function readMove(line: Line, context: Context, form: Form): Claim[] {
  const masked = mask(line.text);
  const ports = findPorts(masked);
  const first = ports[0];
  if (!first) return [];
  const before = clean(masked.slice(0, first.span.start).replace(DATE, ''));
  const told = CURRENTLY.exec(before + ' ')?.[1] ?? MOVED.exec(before + ' ')?.[1];
  const arrow =
    ports.length > 1 && ARROW.test(masked.slice(first.span.end, ports[1]!.span.start).replaceAll('\uFEFF', ' '));
  const service = nameOf((told ?? (arrow ? before : '')).replace(/(?<![（(:：])[（(:：]+$/, ''));
  if (!service || !/\p{L}/u.test(service)) return [];
  const left = told ? listedFirst(masked, ports) : [first];
  return left.map(({ port, span }) => ({
    kind: 'claim',
    role: 'former',
    port,
    side: 'any',
    service,
    form,
    scope: context.scope,
    section: context.section,
    span: { start: line.start + span.start, end: line.start + span.start + String(port).length },
  }));
}

/** Whether a line tells what happened on a day. */
export function isDated({ text }: Line): boolean {
  return DATE.test(text);
}

/** The first ports of a line, up to where the list of them ends: `4900/3060. Migrate to 4600`. */
function listedFirst(text: string, ports: readonly PortText[]): readonly PortText[] {
  const end = ports.findIndex((port, i) => i > 0 && !isListed(text, ports[i - 1]!.span.end, port.span.start));
  return end < 0 ? ports : ports.slice(0, end);
}

function isListed(text: string, from: number, to: number): boolean {
  return /^\s*(?:[/,&]|and)\s*$/.test(text.slice(from, to).replaceAll('\uFEFF', ''));
}
