import { findUrls, hostKind } from '../../notation/hostPort.ts';
import type { Digits } from './places.ts';
import type { Subject } from './subject.ts';
import type { Trial } from './trial.ts';

/**
 * The addresses such as `http://localhost:9006` in the documents that say a subject's port, where these give the port
 * to nobody else. Readers take no notice of them, as an address alone tells no owner.
 */
export function documentUrls({ side, statements }: Subject, known: readonly Digits[], { text }: Trial): Digits[] {
  if (side !== 'host') return [];
  const taken = new Set(known.map(({ path, span }) => `${path}\n${span.start}`));
  const files = new Map(statements.map(({ claim, file }) => [file, claim.port]));
  return [...files].flatMap(([file, port]) => {
    const own = new Set(statements.map(({ claim }) => claim));
    const others = file.claims.filter((claim) => claim.role === 'assignment' && claim.port === port && !own.has(claim));
    if (others.length > 0) return [];
    return findUrls(text(file.path) ?? '')
      .filter(({ host }) => hostKind(host) === 'loopback')
      .map(({ from, to }) => ({ path: file.path, span: { start: from, end: to }, port }))
      .filter(
        ({ path, span }) =>
          text(path)!.slice(span.start, span.end) === String(port) && !taken.has(`${path}\n${span.start}`),
      );
  });
}
