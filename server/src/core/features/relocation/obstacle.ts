import type { Index } from '../../model/index.ts';
import { mayBeSame } from '../../model/names.ts';
import { disjoint, isWildcard } from '../../model/scope.ts';
import { activeTogether, hostUses, namesOfService, type Running, usualPorts } from '../../model/services/services.ts';
import { ownerOf, type Statement } from '../../model/statement.ts';
import { isPort } from '../../notation/portText.ts';
import { basename } from '../../path.ts';
import { hasPort } from '../../ports.ts';
import { blocksOf, boundsIn } from '../../queries/blocks.ts';
import { listText, placeText, portText, whereText } from '../../words.ts';
import type { Digits } from './places.ts';
import { entriesOf, haveOneOwner, innerPorts, isTooLarge, type Own, type Subject } from './subject.ts';

/** Turns a path of the index into one to show. */
type Shown = (path: string) => string;

/** Why a subject cannot have a port, in one sentence; `undefined` when it can. */
export function obstacleTo(subject: Subject, port: number, index: Index, shown?: Shown): string | undefined {
  if (!isPort(port)) return `${port} is not a port; ports are the numbers from 1 to 65535.`;
  if (isTooLarge(subject)) return `Too many rows or services have this port of ${subject.name}; move it by hand.`;
  if (
    subject.owns.every(({ use }) => use.port === port) &&
    subject.statements.every(({ claim }) => claim.port === port)
  )
    return `${subject.name} has port ${port} already.`;
  return (
    brokenRegistry(subject, index) ??
    fixedInside(subject) ??
    (isOutside(subject) ? takenByRow(subject, port, index) : undefined) ??
    takenByService(subject, port, index, shown) ??
    (isOutside(subject) ? outsideBlock(subject, port, index) : undefined)
  );
}

/** Whether people outside reach the port, or nobody says that they do not. */
function isOutside({ side, owns }: Subject): boolean {
  return side === 'host' && (owns.length === 0 || owns.some(({ use }) => use.side === 'host'));
}

/** The other services that take their port from digits which are to change, and that would change along. */
export function sharersOf(
  subject: Subject,
  places: readonly Digits[],
  index: Index,
  shown: Shown = basename,
): string | undefined {
  const own = new Set(subject.owns.map(({ running }) => running.service.name));
  const at = new Map(places.map((place) => [`${place.path}\n${place.span.start}`, place]));
  for (const { running } of entriesOf(index)) {
    if (own.has(running.service.name)) continue;
    const shared = [...hostUses(running), ...innerPorts(running)].find((use) => {
      // What an image or an environment file says, a service need not heed that says nothing of the port itself.
      const isHeeded = !running.image.includes(use) || running.uses.some(({ port }) => port === use.port);
      return isHeeded && at.has(`${use.path}\n${use.span.start}`);
    });
    if (shared) return sharedText(shared.port, running.service.name, placeText(index, shared, shown));
  }
  for (const { claim, file } of subject.statements) {
    const other = file.claims.find(
      (rival) => rival.span.start === claim.span.start && rival !== claim && !haveOneOwner(rival, claim),
    );
    if (other) return sharedText(claim.port, ownerOf(other), whereText({ claim, file }));
  }
  return undefined;
}

function sharedText(port: number, other: string, where: string): string {
  return `${port} (${where}) is written once for ${other} as well; give each a port of its own first.`;
}

function brokenRegistry({ statements, owns }: Subject, index: Index): string | undefined {
  const paths = [...statements.map(({ file }) => file.path), ...owns.map(({ running }) => running.file.path)];
  const broken = paths.flatMap((path) => index.claims.registriesFor(path)).find(({ document }) => document?.isBroken);
  return broken && `${basename(broken.path)} cannot be read as a whole; mend it first.`;
}

/** Some images always listen on one port, whatever is written around them. */
function fixedInside({ owns }: Subject): string | undefined {
  const fixed = owns.find(({ running, use }) => {
    const isTold = running.uses.some(
      ({ role, port }) => ['environment', 'command'].includes(role) && port === use.port,
    );
    return use.side !== 'host' && !isTold && usualPorts(running).includes(use.port);
  });
  if (!fixed) return undefined;
  const { running, use } = fixed;
  return `${running.service.name} listens on ${use.port} because its image does; only a published port can be moved.`;
}

/** A row that keeps the port from this service, where both hold at the same place and time. */
function takenByRow(subject: Subject, port: number, index: Index): string | undefined {
  const paths = new Set([
    ...subject.statements.map(({ file }) => file.path),
    ...subject.owns.flatMap(({ running, use }) => [running.file.path, use.path]),
  ]);
  for (const path of paths) {
    const bans = index.claims
      .on(port, path, ['forbidden', 'reserved', 'assignment'])
      .filter((row) => keeps(row, subject));
    if (bans[0]) return keptText(bans[0], port);
  }
  return undefined;
}

function keeps({ claim }: Statement, { statements, owns }: Subject): boolean {
  if (claim.side === 'container' || statements.some((own) => own.claim === claim)) return false;
  if (statements.length > 0 && statements.every((own) => disjoint(own.claim.scope, claim.scope))) return false;
  if (claim.role === 'forbidden') return true;
  // A second row about a service gives it a second port, which it cannot have twice.
  const isSecond = claim.role === 'assignment' && claim.endPort === undefined && statements.length > 0;
  return isSecond || !isFor(claim, { statements, owns });
}

/** Whether a row about a port or a pool is about the very service. */
function isFor(claim: Statement['claim'], { statements, owns }: Pick<Subject, 'statements' | 'owns'>): boolean {
  const owner = ownerOf(claim);
  if (owner === '') return false;
  if (statements.some((own) => haveOneOwner(own.claim, claim))) return true;
  return owns.some(({ running }) => namesOfService(running).some(({ name }) => mayBeSame(name, owner)));
}

function keptText(row: Statement, port: number): string {
  const { claim } = row;
  const range = claim.endPort === undefined ? '' : `, in ${portText(claim)},`;
  if (claim.role === 'forbidden') return `${port}${range} is not to be used (${whereText(row)}).`;
  if (claim.role === 'reserved') {
    const whom = claim.service === undefined ? 'later' : `"${claim.service}"`;
    return `${port}${range} is kept for ${whom} (${whereText(row)}).`;
  }
  return `${port}${range} is given to "${ownerOf(claim)}" (${whereText(row)}).`;
}

/** Another service that has the port and can run at the same time, or the same one, which then has it twice. */
function takenByService(subject: Subject, port: number, index: Index, shown: Shown = basename): string | undefined {
  for (const own of subject.owns) {
    const isHost = own.use.side === 'host';
    const rivals = isHost ? entriesOf(index).map(({ running }) => running) : [own.running];
    for (const rival of rivals) {
      const found = (isHost ? hostUses(rival) : innerPorts(rival)).find((use) => {
        return hasPort(use, port) && !isMoving(use, subject) && meet(own, rival, use, index);
      });
      if (!found) continue;
      const said = found.role === 'published' ? 'published by' : 'used by';
      return `${port} is ${said} ${rival.service.name} (${placeText(index, found, shown)}).`;
    }
  }
  return undefined;
}

function isMoving(use: Own['use'], { owns }: Subject): boolean {
  return owns.some((own) => own.use.path === use.path && own.use.span.start === use.span.start);
}

/** Whether the ports of two services can clash: on the same address, by the same protocol, at the same time. */
function meet({ running, use }: Own, rival: Running, other: Own['use'], index: Index): boolean {
  if ((use.protocol ?? 'tcp') !== (other.protocol ?? 'tcp')) return false;
  const addressesMeet = use.address === other.address || isWildcard(use.address) || isWildcard(other.address);
  if (!addressesMeet) return false;
  // Other files that define the service are other ways to run it.
  if (rival.service.name === running.service.name) return rival.file.path === running.file.path;
  if (!activeTogether(rival.service, running.service)) return false;
  const [stage, otherStage] = [running, rival].map(({ file }) => index.claims.stageOf(file.path));
  return (
    stage === otherStage ||
    (stage === undefined && otherStage !== 'test') ||
    (otherStage === undefined && stage !== 'test')
  );
}

/** The block of its group, as the rule `out-of-range` knows it. */
function outsideBlock({ statements, owns, name }: Subject, port: number, index: Index): string | undefined {
  for (const { claim, file } of statements) {
    const bounds = boundsIn(file)(claim, port);
    // A row that lies outside already is not made worse.
    if (bounds.length > 0 && boundsIn(file)(claim).length === 0)
      return outsideText(
        name,
        port,
        bounds.map((range) => ({ claim: range, file })),
      );
  }
  if (statements.length > 0) return undefined;
  for (const { running, use } of owns) {
    const blocks = blocksOf(running, index);
    const isIn = (asked: number) => blocks.some(({ claim }) => hasPort(claim, asked));
    if (blocks.length > 0 && isIn(use.port) && !isIn(port)) return outsideText(name, port, blocks);
  }
  return undefined;
}

function outsideText(name: string, port: number, blocks: readonly Statement[]): string {
  const ranges = listText(blocks.map(({ claim }) => portText(claim)));
  const { claim } = blocks[0]!;
  return `${port} lies outside ${ranges}, the range of "${ownerOf(claim) || name}" (${whereText(blocks[0]!)}).`;
}
