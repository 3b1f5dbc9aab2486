import type { Claim } from './facts.ts';
import type { Related } from './finding.ts';
import type { Statement } from './model/claims.ts';
import { ownerOf, placeOf } from './model/claims.ts';
import { basename } from './path.ts';

/** How findings and hovers speak of things, so that all speak alike. */

/** `9006`, or `9000–9010` for a range. */
export function portText({ port, endPort }: Pick<Claim, 'port' | 'endPort'>): string {
  return endPort === undefined ? String(port) : `${port}–${endPort}`;
}

/** `PORTS.md:12` */
export function whereText({ claim, file }: Statement): string {
  return `${basename(file.path)}:${file.lines.position(claim.span.start).line + 1}`;
}

/** `"Human Task Service" (PORTS.md:12)` */
export function ownerText(statement: Statement): string {
  return `"${ownerOf(statement.claim)}" (${whereText(statement)})`;
}

/** Items in a sentence: `a`, `a and b`, `a, b and c`. */
export function listText(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** The registry's line as a related place: `Registry: Human Task Service 9006`. */
export function relatedTo(statement: Statement, index?: number): Related {
  return {
    ...placeOf(statement),
    message: `${index ? 'Also here' : 'Here'}: ${ownerOf(statement.claim)} ${portText(statement.claim)}`,
  };
}
