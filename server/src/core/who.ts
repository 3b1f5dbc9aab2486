import { check } from './analyze.ts';
import { considered } from './explain.ts';
import type { Index } from './model/index.ts';
import { wordsOf } from './model/names.ts';
import { ownerOf } from './model/statement.ts';
import { hasPort, type Ports } from './ports.ts';
import { claimLine, placeText, useLine } from './words.ts';

/**
 * All that is known of a port or a service, as plain lines for a terminal.
 * @param query a port number, or the name of a service
 * @param shown turns a path of the index into one to show
 * @returns `undefined` when nobody knows it
 */
export function who(index: Index, query: string, shown?: (path: string) => string): string[] | undefined {
  const isAsked = /^\d+$/.test(query) ? onPort(Number(query)) : named(query);
  const lines: string[] = [];
  const where = (place: Parameters<typeof placeText>[1]) => placeText(index, place, shown);
  for (const file of index.files()) {
    for (const claim of file.claims) {
      const names = [ownerOf(claim), claim.service, claim.container];
      if (isAsked(claim, names)) lines.push(claimLine({ claim, file }, where));
    }
    for (const use of file.uses.length > 0 ? index.usesIn(file.path) : []) {
      if (!isAsked(use, [use.service])) continue;
      lines.push(useLine(use, where));
      if (use.role === 'published') lines.push(...silence(considered(use, file, index, where)));
    }
  }
  if (lines.length === 0) return undefined;
  for (const { path } of index.files()) {
    for (const finding of check(path, index)) {
      if (finding.port !== null && isAsked({ port: finding.port }, [finding.service])) {
        lines.push(`${finding.rule}: ${finding.message} ${where(finding)}`);
      }
    }
  }
  return [query, ...lines.map((line) => `  ${line}`)];
}

/** What was considered for a use, when it was not compared in the end. */
function silence(said: readonly string[]): string[] {
  return said.some((line) => line.startsWith('Not compared')) ? said.map((line) => `  ${line}`) : [];
}

type Asked = (fact: Ports, names: readonly (string | undefined)[]) => boolean;

function onPort(asked: number): Asked {
  return (fact) => hasPort(fact, asked);
}

function named(query: string): Asked {
  const asked = wordsOf(query).join('');
  return (_, names) => names.some((name) => name !== undefined && wordsOf(name).join('').includes(asked));
}
