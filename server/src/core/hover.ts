import { check } from './analyze.ts';
import { claimsText, standingText } from './documentWords.ts';
import type { FileFacts } from './facts.ts';
import type { Place } from './finding.ts';
import type { Index } from './model/index.ts';
import { wordsOf } from './model/names.ts';
import { namesOfService } from './model/services.ts';
import { type Match, ownerOf, placeOf, ROLES_THAT_MENTION, type Statement } from './model/statement.ts';
import type { PlacedUse } from './model/uses.ts';
import { basename } from './path.ts';
import { spotAt } from './spot.ts';
import type { Span } from './text.ts';
import { claimLine, listText, placeText, portText, useLine } from './words.ts';

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
  const uses = usesOf(index, file.path, (use) => use.port === claim.port && use.side !== 'container');
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

function usesOf(index: Index, near: string, wanted: (use: PlacedUse) => boolean): PlacedUse[] {
  const governed = (path: string) =>
    index.claims.registriesFor(path).some((registry) => registry.path === near) ||
    index.file(near)?.document?.authority === 'reference';
  const uses: PlacedUse[] = [];
  for (const file of index.files()) {
    if (file.uses.length > 0 && governed(file.path)) uses.push(...index.usesIn(file.path).filter(wanted));
  }
  return uses;
}

/** The findings at a place, and those in the same file that point at it. */
function conflictsAt(index: Index, path: string, span: Span): string[] {
  return check(path, index)
    .filter((finding) =>
      [finding, ...finding.related].some((place) => place.path === path && place.span.start === span.start),
    )
    .map(({ message }) => message);
}

function markdown(answer: Answer, index: Index, link: ((place: Place) => string) | undefined): string {
  const where = (place: Place) => {
    const text = escapeMarkdown(placeText(index, place, basename));
    return link ? `[${text}](${link(place)})` : text;
  };
  const lines = [`**${escapeMarkdown(answer.title)}**`];
  for (const conflict of answer.conflicts) lines.push(`⚠ ${escapeMarkdown(conflict)}`);
  const said = saidOnce(answer.statements).slice(0, SHOWN);
  const claims = said.map(({ first, again }) => {
    const evidence = first.by === undefined ? '' : `, matched by ${first.by}`;
    const more =
      again.length === 0
        ? ''
        : ` and ${again
            .slice(0, SHOWN)
            .map((other) => where(placeOf(other)))
            .join(', ')}`;
    return `- ${claimLine(first, where, escapeMarkdown)}${more}${evidence}`;
  });
  lines.push(claims.length > 0 ? claims.join('\n') : 'No registry mentions it.');
  if (answer.uses.length > 0) {
    const shown = answer.uses.slice(0, SHOWN).map((use) => `- ${useLine(use, where, escapeMarkdown)}`);
    const more = answer.uses.length > SHOWN ? [`- and ${answer.uses.length - SHOWN} more`] : [];
    lines.push(`Used:\n${[...shown, ...more].join('\n')}`);
  }
  return lines.join('\n\n');
}

/** How many lines of a kind a hover shows. */
const SHOWN = 8;

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

/** Nothing that stands in a workspace may become markup: https://spec.commonmark.org/0.31.2/#backslash-escapes */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&:]/g, '\\$&').replace(/\s+/g, ' ');
}
