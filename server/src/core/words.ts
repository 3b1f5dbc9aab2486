import type { Claim, FileFacts } from './facts.ts';
import type { Place, Related } from './finding.ts';
import { governedBy } from './model/governance.ts';
import type { Index } from './model/index.ts';
import type { PlacedUse } from './model/services/uses.ts';
import { ownerOf, placeOf, type Statement } from './model/statement.ts';
import { isWithin } from './path.ts';

/** How findings and hovers speak of things, so that all speak alike. */

/** `9006`, or `9000–9010` for a range. */
export function portText({ port, endPort }: Pick<Claim, 'port' | 'endPort'>): string {
  return endPort === undefined ? String(port) : `${port}–${endPort}`;
}

/** `docs/PORTS.md:12`, as seen from the folder that the document governs. */
export function whereText({ claim, file }: Statement): string {
  return `${documentText(file)}:${file.lines.position(claim.span.start).line + 1}`;
}

/** `docs/PORTS.md`, as seen from the folder that the document governs; elsewhere as the settings name it. */
export function documentText(file: FileFacts): string {
  if (file.document?.name !== undefined) return file.document.name;
  const folder = governedBy(file);
  return folder !== '' && isWithin(file.path, folder) ? file.path.slice(folder.length + 1) : file.path;
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

/** A claim in one line: `assigned 9006 Human Task (host side), PORTS.md:12`. `show` escapes what a workspace wrote. */
export function claimLine(
  { claim, file }: Statement,
  where: (place: Place) => string,
  show = (text: string) => text,
): string {
  const scope = Object.values(claim.scope).filter((value) => value !== undefined);
  const details = [claim.side === 'any' ? '' : `${claim.side} side`, ...scope].filter(Boolean).join(', ');
  return `${roleText[claim.role]} ${portText(claim)} ${show(ownerOf(claim))}${details ? ` (${show(details)})` : ''}, ${where({ path: file.path, span: claim.span })}`;
}

/** A use in one line: `published 9006 human-task, compose.yaml:5`. */
export function useLine(use: PlacedUse, where: (place: Place) => string, show = (text: string) => text): string {
  return `${use.role} ${portText({ ...use, endPort: use.endPort! })}${use.service === undefined ? '' : ` ${show(use.service)}`}, ${where(use)}`;
}

const roleText: Readonly<Record<Claim['role'], string>> = {
  assignment: 'assigned',
  range: 'block',
  reserved: 'reserved',
  forbidden: 'forbidden',
  free: 'free',
  former: 'formerly',
};

/** A place as people write it, `PORTS.md:12`, with the path as it is to be shown. */
export function placeText(index: Index, { path, span }: Place, shown = (path: string) => path): string {
  const line = index.file(path)?.lines.position(span.start).line;
  return `${shown(path)}${line === undefined ? '' : `:${line + 1}`}`;
}
