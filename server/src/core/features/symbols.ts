import type { FileFacts } from '../facts.ts';
import type { Place } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { hostUses } from '../model/services/services.ts';
import { basename, dirname } from '../path.ts';
import { portText } from '../words.ts';
import { claimName } from './outline.ts';

/** Something in the workspace that can be gone to by its name or its port. */
export interface NamedPlace extends Place {
  readonly kind: 'claim' | 'service';
  /** `9006 · Berth API`, `berth-api · 9006` */
  readonly name: string;
  /** The file, and the folder in which it lies. */
  readonly container: string;
}

/** More than anybody looks through. */
const MOST = 200;

/**
 * The claims and the services that publish ports of which every word of a query is said, or with which its digits begin;
 * best first. Yields after each file, so that other work may come in between.
 */
export function* symbolsFor(query: string, index: Index): Generator<undefined, NamedPlace[]> {
  const isAsked = matcher(query);
  const found: NamedPlace[] = [];
  for (const file of [...index.files()]) {
    const symbols = [...claimsIn(file), ...(file.services.length > 0 ? servicesIn(file, index) : [])];
    found.push(...symbols.filter(({ name }) => isAsked(name)));
    yield;
  }
  const [first = ''] = wordsIn(query);
  const begins = ({ name }: NamedPlace) => (wordsIn(name)[0] === first ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b) || (a.name < b.name ? -1 : 1)).slice(0, MOST);
}

/** Digits are the beginning of a port, words may be any part of a name. */
function matcher(query: string): (name: string) => boolean {
  const asked = wordsIn(query);
  return (name) => {
    const words = wordsIn(name);
    const whole = words.join('');
    return asked.every((word) =>
      /^\d+$/.test(word) ? words.some((own) => own.startsWith(word)) : whole.includes(word),
    );
  };
}

/** What somebody types is not finished, so that it is taken by its letters alone. */
function wordsIn(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}+/gu, '');
  return plain
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function claimsIn(file: FileFacts): NamedPlace[] {
  const container = containerOf(file);
  const claims = file.claims.filter(({ role }) => role !== 'free');
  return claims.map((claim) => ({
    kind: 'claim',
    name: claimName(claim),
    container,
    path: file.path,
    span: claim.span,
  }));
}

function servicesIn(file: FileFacts, index: Index): NamedPlace[] {
  const container = containerOf(file);
  return index.runningIn(file.path).flatMap((running): NamedPlace[] => {
    const ports = new Set(hostUses(running).map((use) => portText({ ...use, endPort: use.endPort! })));
    const { name, span } = running.service;
    return ports.size === 0
      ? []
      : [{ kind: 'service', name: `${name} · ${[...ports].join(', ')}`, container, path: file.path, span }];
  });
}

function containerOf({ path }: FileFacts): string {
  return [basename(dirname(path)), basename(path)].filter(Boolean).join('/');
}
