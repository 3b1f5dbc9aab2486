import { check } from '../analyze.ts';
import type { FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import { escapeMarkdown } from '../harmless.ts';
import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import { namesOfService } from '../model/services/services.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { type Match, ownerOf, placeOf, ROLES_THAT_MENTION, type Statement } from '../model/statement.ts';
import { basename } from '../path.ts';
import type { Span } from '../text.ts';
import { claimLine, listText, placeText, portText, useLine } from '../words.ts';
import { claimsText, standingText } from './documentWords.ts';
import { spotAt } from './spot.ts';

/** The subject of a hover: a port or a service, with all that is known of it. */
interface Answer {
  readonly span: Span;
  readonly title: string;
  readonly statements: readonly (Statement & { readonly by?: string })[];
  readonly uses: readonly PlacedUse[];
  readonly conflicts: readonly string[];
}

/**
 * What a hover shows at an offset: who owns the port or what ports the service has, and where all that is written.
 * @param link turns a place into a link target; without it places are named in words
 * @returns Markdown in which every text of the workspace is escaped
 */
export function hover(
  index: Index,
  path: string,
  offset: number,
  link?: (place: Place) => string,
): { span: Span; markdown: string } | undefined {
  const file = index.file(path);
  const found = answerAt(index, path, offset);
  if (found) return { span: found.span, markdown: markdown(found, index, link) };
  const span = file?.document?.titleSpan;
  return span && span.start <= offset && offset <= span.end
    ? { span, markdown: aboutDocument(index, file) }
    : undefined;
}

/** What a document is, over what it decides and why; of a reference, what decides in its stead. */
function aboutDocument(index: Index, file: FileFacts): string {
  const { authority, because } = file.document!;
  const others = index.claims.registriesFor(file.path).filter(({ path }) => path !== file.path);
  const names = escapeMarkdown(listText(others.slice(0, SHOWN).map(({ path }) => basename(path))));
  const nearest = authority === 'registry' ? `Beside it: ${names}.` : `It is checked against ${names}.`;
  return [
    `**${escapeMarkdown(`${basename(file.path)} · ${standingText(file)}`)}**`,
    because.map((reason) => `- ${escapeMarkdown(reason)}`).join('\n'),
    `It holds ${claimsText(file)}.`,
    ...(others.length > 0 ? [nearest] : []),
  ].join('\n\n');
}

function answerAt(index: Index, path: string, offset: number): Answer | undefined {
  const spot = spotAt(index, path, offset);
  if (spot?.kind === 'claim') return aboutClaim(index, spot, spot.span);
  if (spot?.kind === 'use') return aboutUse(index, spot.file, spot.use);
  if (spot?.kind === 'service') return aboutService(index, spot.file, spot.service.name, spot.span);
  return undefined;
}

function aboutClaim(index: Index, { claim, file }: Statement, span: Span): Answer {
  const statements = sayingOf(index, claim.port, file.path);
  const own = statements.some((other) => other.claim === claim) ? [] : [{ claim, file }];
  const uses = hostUsesOf(claim.port, file.path, index);
  return {
    span,
    title: `${portText(claim)} · ${ownerOf(claim)}`,
    statements: [...own, ...statements],
    uses,
    conflicts: conflictsAt(index, file.path, claim.span),
  };
}

function aboutUse(index: Index, file: FileFacts, use: PlacedUse): Answer {
  const span = use.path === file.path ? use.span : use.readAt!.span;
  const title = `${portText({ ...use, endPort: use.endPort! })}${use.service === undefined ? '' : ` · ${use.service}`}`;
  const from = use.readAt ? `, set in ${basename(use.path)}` : use.via ? `, the default of ${use.via[0]}` : '';
  const matched = matchesOf(index, file, use);
  const others = use.side === 'container' ? [] : sayingOf(index, use.port, file.path);
  return {
    span,
    title: `${title} (${use.role}${from})`,
    statements: [...matched, ...others.filter(({ claim }) => !matched.some((match) => match.claim === claim))],
    uses: [],
    conflicts: conflictsAt(index, use.path, use.span),
  };
}

/** What the registries say of the service to which a use belongs. */
function matchesOf(index: Index, file: FileFacts, use: PlacedUse): readonly Match[] {
  const own = file.services.find(({ name }) => name === use.service);
  if (own) return index.comparison(file.path).matches.get(own.name) ?? [];
  if (use.service === undefined) return [];
  const [meant] = use.host === undefined ? [] : index.servicesNamed(use.host, file.path);
  const names = meant ? namesOfService(meant) : [{ name: use.service, by: 'name' }];
  return index.claims.about(names, file.path);
}

function aboutService(index: Index, file: FileFacts, name: string, span: Span): Answer {
  const running = index.runningIn(file.path).find(({ service }) => service.name === name)!;
  const statements = index.claims.about(namesOfService(running), file.path);
  return {
    span,
    title: name,
    statements,
    uses: running.uses.filter(({ role }) => role === 'published'),
    conflicts: [],
  };
}

function sayingOf(index: Index, port: number, path: string): Statement[] {
  return index.claims.on(port, path, [...ROLES_THAT_MENTION, 'range']);
}

/** The uses of a port on the host, in the files that a document governs. */
function hostUsesOf(port: number, document: string, index: Index): PlacedUse[] {
  const isReference = index.file(document)?.document?.authority === 'reference';
  const isGoverned = (path: string) =>
    isReference || index.claims.registriesFor(path).some((registry) => registry.path === document);
  return index.occurrences
    .ofPort(port)
    .filter(isGoverned)
    .flatMap((path) => index.usesIn(path).filter((use) => use.port === port && use.side !== 'container'));
}

/** What other findings of the file say of a place. Those that stand there themselves are shown by the editor. */
function conflictsAt(index: Index, path: string, span: Span): string[] {
  const isHere = (place: Place) => place.path === path && place.span.start === span.start;
  return check(path, index)
    .filter((finding) => !isHere(finding) && finding.related.some(isHere))
    .map(({ message }) => message);
}

function markdown(answer: Answer, index: Index, link: ((place: Place) => string) | undefined): string {
  const shown = shortNames([...answer.statements.map(({ file }) => file.path), ...answer.uses.map(({ path }) => path)]);
  const where = (place: Place) => {
    const text = escapeMarkdown(placeText(index, place, shown));
    return link ? `[${text}](${link(place)})` : text;
  };
  const title = escapeMarkdown(answer.title).trim();
  const lines = title === '' ? [] : [`**${title}**`];
  const [conflict, ...conflicts] = answer.conflicts;
  if (conflict !== undefined) {
    const further = conflicts.length === 0 ? '' : ` And ${conflicts.length} more, see Problems.`;
    lines.push(`⚠ ${escapeMarkdown(conflict)}${further}`);
  }
  const claims = saidOnce(answer.statements).map(({ first, again }) => {
    const evidence = first.by === undefined ? '' : `, matched by ${first.by}`;
    const places = again.slice(0, SHOWN).map((other) => where(placeOf(other)));
    const rest = again.length > SHOWN ? [`${again.length - SHOWN} more`] : [];
    const more = again.length === 0 ? '' : ` and ${[...places, ...rest].join(', ')}`;
    return `${claimLine(first, where, escapeMarkdown)}${more}${evidence}`;
  });
  lines.push(claims.length > 0 ? shortList(claims) : 'No registry mentions it.');
  const uses = answer.uses.map((use) => useLine(use, where, escapeMarkdown));
  if (uses.length > 0) lines.push(`Used:\n${shortList(uses)}`);
  return lines.join('\n\n');
}

/** How many lines of a kind a hover shows: it answers at a glance, and lists are for the views made for them. */
const SHOWN = 3;

/** Names files by their last segment, and by the folder too where several have the same one. */
function shortNames(paths: readonly string[]): (path: string) => string {
  const files = new Map<string, Set<string>>();
  for (const path of paths) files.set(basename(path), (files.get(basename(path)) ?? new Set()).add(path));
  const isAmbiguous = (path: string) => (files.get(basename(path))?.size ?? 0) > 1;
  return (path) => (isAmbiguous(path) ? path.split('/').slice(-2).join('/') : basename(path));
}

function shortList(items: readonly string[]): string {
  // To leave one out would save nothing.
  const shown = items.length > SHOWN + 1 ? items.slice(0, SHOWN) : items;
  const rest = items.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more, see References`] : [])].map((item) => `- ${item}`).join('\n');
}

/** Statements that say the same of the same owner, together. */
function saidOnce(statements: Answer['statements']): { first: Answer['statements'][number]; again: Statement[] }[] {
  const groups = new Map<string, { first: Answer['statements'][number]; again: Statement[] }>();
  for (const statement of statements) {
    const { role, port, endPort, side, scope } = statement.claim;
    const key = [role, port, endPort, side, ...Object.values(scope), wordsOf(ownerOf(statement.claim)).join(' ')].join(
      '\n',
    );
    const group = groups.get(key);
    if (group) group.again.push(statement);
    else groups.set(key, { first: statement, again: [] });
  }
  return [...groups.values()];
}
