import type { Claim, FileFacts } from '../../facts.ts';
import type { Place } from '../../finding.ts';
import type { Index } from '../../model/index.ts';
import { wordsOf } from '../../model/names.ts';
import { hostUses, namesOfService, type Running } from '../../model/services/services.ts';
import type { PlacedUse } from '../../model/services/uses.ts';
import { namesOf, type Statement } from '../../model/statement.ts';
import { isWithin } from '../../path.ts';
import type { Span } from '../../text.ts';
import { listText, placeText, portText } from '../../words.ts';
import { belongsTo, holdersNear, tiedTo } from './places.ts';
import { entriesOf, innerPorts, isMovable, type Own, ownPorts, type Subject, subjectOf } from './subject.ts';

/** Why something cannot be moved, in one sentence. */
export interface Refusal {
  readonly refused: string;
}

/** What is asked to move: whatever stands at a place, or a service by its name. */
export type Asked =
  | { readonly path: string; readonly offset: number }
  | {
      readonly service: string;
      /** The port that is meant, of a service with several. */
      readonly from?: number;
      /** A file or folder in which the service is written, where several bear the name. */
      readonly within?: string;
      /** How somebody says which of several is meant, behind "say which". */
      readonly how?: string;
    };

/** Finds what is asked to move. `shown` turns a path of the index into one to show. */
export function askedSubject(asked: Asked, index: Index, shown?: (path: string) => string): Subject | Refusal {
  return 'service' in asked ? namedSubject(asked, index, shown) : subjectAt(asked, index);
}

/** What stands at an offset: the digits of a port, the name of a service, or nothing that is known. */
export function standingAt(
  path: string,
  offset: number,
  index: Index,
): { readonly kind: 'port' | 'name'; readonly span: Span; readonly text: string } | undefined {
  const file = index.file(path);
  if (!file) return undefined;
  const fact = file.claims.find(({ span }) => isIn(span, offset)) ?? useAt(file, offset, index);
  if (fact) {
    const place = 'readAt' in fact && fact.path !== path ? fact.readAt! : fact;
    return { kind: 'port', span: place.span, text: portText({ port: fact.port, endPort: fact.endPort! }) };
  }
  const name = namesIn(file).find(({ span }) => isIn(span, offset));
  return name && { kind: 'name', span: name.span, text: name.service };
}

/** The names of services, where they are written. */
function namesIn(file: FileFacts): { service: string; span: Span }[] {
  const inRows = file.claims.flatMap(({ service, container, serviceSpan }) => {
    const name = service ?? container;
    return name === undefined || serviceSpan === undefined ? [] : [{ service: name, span: serviceSpan }];
  });
  return [...file.services.map(({ name, span }) => ({ service: name, span })), ...inRows];
}

function isIn(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

function subjectAt({ path, offset }: { path: string; offset: number }, index: Index): Subject | Refusal {
  const file = index.file(path);
  const claims = file?.claims.filter(({ span }) => isIn(span, offset)) ?? [];
  const claim = claims.find(isMovable) ?? claims[0];
  if (claim) return subjectOfClaim({ claim, file: file! }, index);
  const use = file && useAt(file, offset, index);
  if (use) return subjectOfUse(use, index);
  const name = file && namesIn(file).find(({ span }) => isIn(span, offset));
  return name
    ? namedSubject({ service: name.service, within: path }, index)
    : { refused: 'No port of a service stands here.' };
}

/** The use whose digits stand at an offset, or whose variable is read there. */
function useAt(file: FileFacts, offset: number, index: Index): PlacedUse | undefined {
  const isHere = (place: Place | undefined) => place?.path === file.path && isIn(place.span, offset);
  const read = file.kind === 'compose' ? index.runningIn(file.path).flatMap(({ uses }) => uses) : [];
  const all = [...index.usesIn(file.path), ...read];
  return all.find(isHere) ?? all.find(({ readAt }) => isHere(readAt));
}

function subjectOfClaim(statement: Statement, index: Index): Subject | Refusal {
  const { claim } = statement;
  if (claim.endPort !== undefined || claim.role === 'range') {
    return { refused: `${portText(claim)} is a range; only a single port can be moved.` };
  }
  if (!isMovable(claim)) return { refused: `${claim.port} ${standing(claim)}, so there is nothing to move.` };
  return subjectOf({ statements: [statement] }, claim.side === 'container' ? 'container' : 'host', index);
}

function standing({ role }: Claim): string {
  if (role === 'forbidden') return 'is not to be used';
  if (role === 'free') return 'is listed as free';
  if (role === 'former') return 'is a port that its service has left';
  return 'belongs to no service here';
}

function subjectOfUse(use: PlacedUse, index: Index): Subject | Refusal {
  if (use.endPort !== undefined) {
    return { refused: `${portText({ ...use, endPort: use.endPort })} is a range; only a single port can be moved.` };
  }
  const unknown = { refused: `Nothing tells which service ${use.port} belongs to.` };
  const owns = ownersOf(use, index);
  if (owns.length === 0) {
    const { path } = use.readAt ?? use;
    const rows = index.claims.on(use.port, path, ['assignment']).filter(({ claim }) => isMovable(claim));
    const statements = rows.filter(({ claim }) => claim.side !== 'container');
    const subject = statements[0] && subjectOf({ statements: statements.slice(0, 1) }, 'host', index);
    return subject && use.side !== 'container' && belongsTo(subject, use, index) ? subject : unknown;
  }
  const names = [...new Set(owns.map(({ running }) => running.service.name))];
  if (names.length > 1) {
    return { refused: `${use.port} here is shared by ${listText(names)}; give each a port of its own first.` };
  }
  const isOuter = owns.some((own) => own.use.side === 'host');
  return subjectOf({ owns }, isOuter ? 'host' : 'container', index);
}

/** The own ports of services that a use is, or leads to. */
function ownersOf(use: PlacedUse, index: Index): Own[] {
  const { path } = use.readAt ?? use;
  if (use.host === undefined) return entriesOf(index).flatMap(({ running }) => ownsAt(use, running, index));
  if (use.side === 'container') {
    const meant = index.servicesNamed(use.host, path);
    return meant.flatMap((running) => innerOrTied(running, use.port, index));
  }
  const holders = holdersNear(use.port, path, index);
  const owns = holders.flatMap((running) => ownPorts(running, use.port, 'host').map((own) => ({ running, use: own })));
  return owns.length === holders.length || new Set(holders.map(({ service }) => service.name)).size > 1 ? owns : [];
}

function ownsAt(use: PlacedUse, running: Running, index: Index): Own[] {
  const isAt = (other: PlacedUse) => other.path === use.path && other.span.start === use.span.start;
  const outer = hostUses(running).filter((other) => isAt(other) && other.endPort === undefined);
  if (outer.length > 0)
    return outer.flatMap(({ port }) => ownPorts(running, port, 'host')).map((own) => ({ running, use: own }));
  return innerPorts(running).some(isAt) ? innerOrTied(running, use.port, index) : [];
}

/** The port inside a service; the published one where both are one number that changes together. */
function innerOrTied(running: Running, port: number, index: Index): Own[] {
  const outer = tiedTo(running, port, index);
  const uses = outer.length > 0 ? outer : ownPorts(running, port, 'container');
  return uses.map((use) => ({ running, use }));
}

function namedSubject(
  { service, from, within, how = 'one is meant' }: Extract<Asked, { service: string }>,
  index: Index,
  shown?: (path: string) => string,
): Subject | Refusal {
  const all = subjectsNamed(service, index);
  const isMeant = (subject: Subject) =>
    (from === undefined || subject.port === from) &&
    (within === undefined || pathsOf(subject).some((path) => isWithin(path, within)));
  const meant = all.filter(isMeant);
  const outer = meant.filter(({ side }) => side === 'host');
  const candidates = outer.length > 0 ? outer : meant;
  if (candidates.length === 1) return candidates[0]!;
  if (all.length === 0) return { refused: `No service is called ${service}.` };
  if (candidates.length === 0) {
    const where = within === undefined ? '' : ` in ${shown?.(within) ?? within}`;
    return { refused: `${service} has no port${from === undefined ? '' : ` ${from}`}${where}.` };
  }
  const ports = candidates.map((subject) => `${subject.port} (${placeText(index, placeOfSubject(subject), shown)})`);
  return { refused: `${service} may be ${listText(ports, 'or')}; say which ${how}.` };
}

/** Every port of the services that bear a name, each once. */
function subjectsNamed(service: string, index: Index): Subject[] {
  const asked = wordsOf(service).join('');
  const isName = (name: string | undefined) => name !== undefined && wordsOf(name).join('') === asked;
  const subjects: Subject[] = [];
  const isKnown = (place: Place) =>
    subjects.some((subject) =>
      placesIn(subject).some(({ path, span }) => path === place.path && span.start === place.span.start),
    );
  for (const { running } of entriesOf(index)) {
    if (!namesOfService(running).some(({ name }) => isName(name))) continue;
    for (const { port } of hostUses(running).filter(({ endPort }) => endPort === undefined)) {
      const owns = ownPorts(running, port, 'host').map((use) => ({ running, use }));
      if (!owns.some(({ use }) => isKnown(use))) subjects.push(subjectOf({ owns }, 'host', index));
    }
    const inner =
      hostUses(running).length > 0 ? [] : innerPorts(running).filter(({ endPort }) => endPort === undefined);
    for (const { port } of inner) {
      const owns = ownPorts(running, port, 'container').map((use) => ({ running, use }));
      if (!owns.some(({ use }) => isKnown(use))) subjects.push(subjectOf({ owns }, 'container', index));
    }
  }
  for (const file of index.files()) {
    for (const claim of file.claims) {
      if (!isMovable(claim) || !namesOf(claim).some(isName) || isKnown({ path: file.path, span: claim.span })) continue;
      const side = claim.side === 'container' ? 'container' : 'host';
      subjects.push(subjectOf({ statements: [{ claim, file }] }, side, index));
    }
  }
  return subjects;
}

function placesIn({ statements, owns }: Subject): Place[] {
  return [
    ...statements.map(({ claim, file }) => ({ path: file.path, span: claim.span })),
    ...owns.map(({ use: { path, span } }) => ({ path, span })),
  ];
}

function pathsOf(subject: Subject): string[] {
  return [...placesIn(subject).map(({ path }) => path), ...subject.owns.map(({ running }) => running.file.path)];
}

function placeOfSubject(subject: Subject): Place {
  return placesIn(subject)[0]!;
}
