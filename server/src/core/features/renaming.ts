import { read } from '../analyze.ts';
import { apply } from '../edits.ts';
import type { Claim, FileFacts } from '../facts.ts';
import type { Edit } from '../finding.ts';
import type { Index } from '../model/index.ts';
import { wordsOf } from '../model/names.ts';
import { givenNames, type Statement } from '../model/statement.ts';
import { basename } from '../path.ts';
import type { Span } from '../text.ts';
import { whereText } from '../words.ts';
import type { Refusal } from './relocation/asked.ts';
import { newFindings, type Trial } from './relocation/trial.ts';
import { type Alias, aliasFor, withAlias } from './renaming/alias.ts';
import { isBare, type Named, nameIn, newText } from './renaming/writtenName.ts';

/** All edits by which the documents call a service by another name. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
  /** Each replaces the name in a row, and nothing around it. */
  readonly edits: readonly Edit[];
  /** What is to be set so that whoever bears the old name is still known by these rows; none where nobody does. */
  readonly alias?: Alias;
}

/** The place at which somebody asks for another name. */
export interface NamePlace {
  readonly path: string;
  readonly offset: number;
}

/** The name of a service in its row, at an offset; `undefined` where no name stands. */
export function nameAt(
  { path, offset }: NamePlace,
  { index, text }: Pick<Trial, 'index' | 'text'>,
): Named | Refusal | undefined {
  const file = index.file(path);
  const holds = (span: Span | undefined) => span !== undefined && span.start <= offset && offset <= span.end;
  const service = file?.services.find(({ span }) => holds(span));
  if (service) {
    const { name } = service;
    return {
      refused: `Containers reach ${name} by this name. Rename the service in its registry row; this name can stay.`,
    };
  }
  const claim = file?.claims.find(({ serviceSpan }) => holds(serviceSpan));
  return claim && named({ claim, file: file! }, text(path) ?? '');
}

function named(statement: Statement, text: string): Named | Refusal {
  const found = nameIn(statement, text);
  if (!found) return { refused: 'This name is not written in one piece; change it by hand.' };
  // Readers make such an owner clear by its heading or its container.
  return isBare(found.called)
    ? { refused: `"${found.called}" says not whose port it is without what stands around it; change it by hand.` }
    : found;
}

/**
 * The documents whose rows may be about the services of a document: first the registry to which it belongs, which may be
 * itself, then the registries above that one, and what is below it.
 */
export function documentsAround(path: string, index: Index): FileFacts[] {
  const file = index.file(path);
  if (!file) return [];
  const home = file.document?.authority === 'registry' ? file : (index.claims.registriesFor(path)[0] ?? file);
  const above = index.claims.registriesFor(home.path);
  const isAround = (other: FileFacts) =>
    other === file || above.includes(other) || index.claims.registriesFor(other.path).includes(home);
  return [home, ...[...index.files()].filter((other) => other !== home && other.document && isAround(other))];
}

/**
 * Calls a service by another name in its registry and in the documents that repeat its rows.
 * @param shown turns a path of the index into one to show
 * @returns the edits, or one sentence that says why there are none
 */
export function rename(
  place: NamePlace,
  newName: string,
  trial: Trial,
  shown: (path: string) => string = basename,
): Renaming | Refusal {
  const asked = nameAt(place, trial) ?? { refused: 'No name of a service stands here.' };
  if ('refused' in asked) return asked;
  const to = newName.trim();
  const from = asked.name;
  const refused = unfit(from, to) ?? broken(place.path, trial.index);
  if (refused !== undefined) return { refused };
  const rows = rowsOf(asked, trial);
  if ('refused' in rows) return rows;
  const taken = takenBy(to, rows, documentsAround(place.path, trial.index));
  if (taken !== undefined) return { refused: taken };
  const edits = editsOf(rows, to, trial);
  const lossy = edits.find(({ path }) => trial.index.file(path)?.isLossy);
  if (lossy) return { refused: `${shown(lossy.path)} is not valid UTF-8.` };
  if (!isReadAsMeant(rows, edits, to, trial)) return { refused: `"${to}" cannot be written here as a name.` };
  const alias = aliasFor({ from, to }, edits, trial, shown);
  if (alias && 'refused' in alias) return alias;
  const [news] = newFindings(edits, trial, alias ? withAlias(alias.setting, trial.settingsOf) : trial.settingsOf);
  if (news) return { refused: `After that something new would be wrong: ${news.message}` };
  return { from, to, edits, ...(alias && { alias }) };
}

function unfit(from: string, to: string): string | undefined {
  if (to === '') return 'A service needs a name.';
  if (to === from) return `${from} is its name already.`;
  return /[|\p{Cc}\u2028\u2029]/u.test(to) ? 'A name has neither a | nor a line break in it.' : undefined;
}

function broken(path: string, index: Index): string | undefined {
  const found = documentsAround(path, index).find(({ document }) => document?.isBroken);
  return found && `${basename(found.path)} cannot be read as a whole; mend it first.`;
}

/** All rows that call the very service so. Another registry has to give it one of its ports, as it may mean another. */
function rowsOf(asked: Named, { index, text }: Trial): Named[] | Refusal {
  const rows: Named[] = [];
  const ports = new Set<number>();
  for (const file of documentsAround(asked.file.path, index)) {
    const written = text(file.path);
    if (written === undefined) continue;
    const own = file.claims.flatMap((claim) => {
      const found = nameIn({ claim, file }, written);
      return areOne(found?.called ?? claim.service, asked.called) ? [{ claim, found }] : [];
    });
    if (ports.size === 0) for (const { claim } of own) ports.add(claim.port);
    const isRegistry = file.document?.authority === 'registry';
    if (isRegistry && !own.some(({ claim }) => ports.has(claim.port))) continue;
    const hidden = own.find(({ found }) => !found);
    if (hidden) {
      const where = whereText({ claim: hidden.claim, file });
      return {
        refused: `${asked.called} owns ${hidden.claim.port} as well (${where}), with its name elsewhere; rename it by hand.`,
      };
    }
    rows.push(...own.map(({ found }) => found!));
  }
  return rows;
}

/** Whether two names are made of the same words. */
function areOne(a: string | undefined, b: string): boolean {
  return a !== undefined && wordsOf(a).join('') === wordsOf(b).join('');
}

/** A registry that calls one of the rows so already, with the row's port, means no other service. */
function takenBy(name: string, rows: readonly Named[], documents: readonly FileFacts[]): string | undefined {
  const own = new Set(rows.map(({ claim }) => claim));
  const ports = new Set(rows.flatMap(({ claim }) => (claim.side === 'container' ? [] : [claim.port])));
  const isOther = (claim: Claim, file: FileFacts) =>
    !own.has(claim) && (file === rows[0]!.file || claim.side === 'container' || !ports.has(claim.port));
  for (const file of documents) {
    if (file !== rows[0]!.file && file.document?.authority !== 'registry') continue;
    const claim = file.claims.find(
      (other) => isOther(other, file) && givenNames(other).some((given) => areOne(given, name)),
    );
    if (claim) return `Another service is called ${name} already (${whereText({ claim, file })}).`;
  }
  return undefined;
}

function editsOf(rows: readonly Named[], to: string, { text }: Trial): Edit[] {
  const edits = rows.map((row): Edit => {
    const { path } = row.file;
    return { path, span: row.span, newText: newText(row, to, text(path)!) };
  });
  return [...new Map(edits.map((edit) => [`${edit.path}\n${edit.span.start}`, edit])).values()];
}

/** Whether a reader finds the new name where the old one was, and all else as it was before. */
function isReadAsMeant(rows: readonly Named[], edits: readonly Edit[], to: string, { text, isNamed }: Trial): boolean {
  const expected = new Map(rows.map(({ claim, name }) => [claim, claim.service!.replace(name, () => to)]));
  return [...new Set(rows.map(({ file }) => file))].every(({ path, claims }) => {
    const of = edits.filter((edit) => edit.path === path);
    const after = read(path, apply(text(path)!, of), isNamed(path))?.claims ?? [];
    const isSame = ({ service, port, role, side }: Claim, n: number) => {
      const now = after[n]!;
      return (
        now.service === (expected.get(claims[n]!) ?? service) &&
        now.port === port &&
        now.role === role &&
        now.side === side
      );
    };
    return after.length === claims.length && claims.every(isSame);
  });
}
