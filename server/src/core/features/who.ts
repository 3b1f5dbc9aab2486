import { check } from '../analyze.ts';
import type { Claim, FileFacts } from '../facts.ts';
import type { Finding } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import type { PlacedUse } from '../model/services/uses.ts';
import { ownerOf } from '../model/statement.ts';
import { hasPort, type Ports } from '../ports.ts';
import { claimLine, placeText, useLine } from '../words.ts';
import { considered } from './explain.ts';

/** All that a workspace says of a port or a service. */
export interface Knowledge {
  /** The port number, or the name of a service, that was asked for. */
  readonly query: string;
  /** The services to which registries assign what was asked for, each once. */
  readonly owners: readonly string[];
  /** The files that speak of it. */
  readonly files: readonly KnowingFile[];
  /** What is wrong with it. */
  readonly findings: readonly Finding[];
}

interface KnowingFile {
  readonly file: FileFacts;
  readonly claims: readonly Claim[];
  readonly uses: readonly PlacedUse[];
}

/**
 * All that is known of a port or a service.
 * @param query a port number, or the name of a service
 * @returns no file and no owner when nobody knows it
 */
export function known(index: Index, query: string): Knowledge {
  const isAsked = /^\d+$/.test(query) ? onPort(Number(query)) : named(query);
  const files = [...index.files()]
    .map((file) => ({
      file,
      claims: file.claims.filter((claim) => isAsked(claim, [ownerOf(claim), claim.service, claim.container])),
      uses: (file.uses.length > 0 ? index.usesIn(file.path) : []).filter((use) => isAsked(use, [use.service])),
    }))
    .filter(({ claims, uses }) => claims.length + uses.length > 0);
  const checked = files.length > 0 ? [...index.files()] : [];
  const findings = checked.flatMap(({ path }) =>
    check(path, index).filter(({ port, service }) => port !== null && isAsked({ port }, [service])),
  );
  return { query, owners: ownersIn(files), files, findings };
}

/**
 * The same as plain lines for a terminal.
 * @param shown turns a path of the index into one to show
 */
export function knowledgeText(knowledge: Knowledge, index: Index, shown?: (path: string) => string): string[] {
  const where = (place: Parameters<typeof placeText>[1]) => placeText(index, place, shown);
  const facts = knowledge.files.flatMap(({ file, claims, uses }) => [
    ...claims.map((claim) => claimLine({ claim, file }, where)),
    ...uses.flatMap((use) => [
      useLine(use, where),
      ...(use.role === 'published' ? silence(considered(use, file, index, where)) : []),
    ]),
  ]);
  const wrong = knowledge.findings.map((finding) => `${finding.rule}: ${finding.message} ${where(finding)}`);
  return [knowledge.query, ...[...facts, ...wrong].map((line) => `  ${line}`)];
}

function ownersIn(files: readonly KnowingFile[]): string[] {
  const registries = files.filter(({ file }) => file.document?.authority === 'registry');
  const assigned = registries.flatMap(({ claims }) => claims.filter(({ role }) => role === 'assignment'));
  return [...new Set(assigned.map(ownerOf))];
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
  return (_, names) =>
    asked !== '' && names.some((name) => name !== undefined && wordsOf(name).join('').includes(asked));
}
