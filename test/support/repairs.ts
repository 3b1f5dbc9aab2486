import { parseAllDocuments } from 'yaml';
import { apply } from '../../server/src/core/edits.ts';
import type { Edit, Finding, Fix, Place } from '../../server/src/core/finding.ts';
import type { Index } from '../../server/src/core/model/index.ts';

/** A workspace whose files can be changed and checked again. */
export interface Mendable {
  readonly index: Index;
  readonly texts: ReadonlyMap<string, string>;
  put(path: string, text: string): unknown;
  findings(): Finding[];
}

export interface Repair {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** Every fix of every finding. */
export function repairsOf(findings: readonly Finding[]): Repair[] {
  return findings.flatMap((finding) => finding.fixes.map((fix) => ({ finding, fix })));
}

/**
 * Makes one fix, tells what speaks against it, and takes it back.
 * @param before the findings as they are without it
 * @returns sentences; none for a good fix
 */
export function faultsOf({ finding, fix }: Repair, before: readonly Finding[], workspace: Mendable): string[] {
  const paths = [...new Set(fix.edits.map(({ path }) => path))];
  const old = paths.map((path) => ({ path, text: workspace.texts.get(path) ?? '', shape: shapeOf(path, workspace) }));
  const faults = fix.edits.flatMap((edit) => unfit(edit, workspace.texts.get(edit.path)));
  for (const { path, text, shape } of old) {
    const edits = fix.edits.filter((edit) => edit.path === path);
    const after = apply(text, edits);
    workspace.put(path, after);
    if (yamlErrors(path, after) > yamlErrors(path, text)) faults.push(`${path} is no YAML any more`);
    const now = shapeOf(path, workspace);
    const isAdded = edits.some(({ span }) => span.start === span.end);
    if (now.uses !== shape.uses || (isAdded ? now.claims <= shape.claims : now.claims !== shape.claims))
      faults.push(`${path} reads otherwise: ${JSON.stringify(shape)} becomes ${JSON.stringify(now)}`);
  }
  const after = workspace.findings();
  const there = moved(finding, fix.edits);
  if (after.some((other) => isSame(other, there))) faults.push('the finding is still there');
  const known = before.map((other) => ({ ...other, ...moved(other, fix.edits) }));
  for (const other of news(after, known))
    if (!isForeseen(other, fix, known)) faults.push(`brings ${other.rule} in ${other.path}: ${other.message}`);
  for (const { path, text } of old) workspace.put(path, text);
  return faults;
}

/** Edits replace the digits of a port by other ones, put in the dash of a default, or add a row or an entry of two lines. */
function unfit({ path, span, newText }: Edit, text: string | undefined): string[] {
  if (text === undefined) return [`${path} is not there to edit`];
  const there = text.slice(span.start, span.end);
  if (/^\d+$/.test(there) && /^\d+$/.test(newText)) return there === newText ? [`${there} stays what it is`] : [];
  if (there === '' && newText.trim().split('\n').length <= 2) return [];
  return there.startsWith('${') && there.replace(':', ':-') === newText ? [] : [`writes ${newText} over ${there}`];
}

function shapeOf(path: string, { index }: Mendable): { uses: number; claims: number } {
  const file = index.file(path);
  return { uses: file?.uses.length ?? 0, claims: file?.claims.length ?? 0 };
}

function yamlErrors(path: string, text: string): number {
  if (!/\.(?:ya?ml|json)$/.test(path)) return 0;
  return [...parseAllDocuments(text)].reduce((sum, { errors }) => sum + errors.length, 0);
}

function news(after: readonly Finding[], known: readonly Finding[]): Finding[] {
  const places = new Set(known.map(placeAndRule));
  return after.filter((other) => other.severity === 'error' && !places.has(placeAndRule(other)));
}

/**
 * What a fix may bring up: a service that is on the port in question and has a fix of its own to be moved away by; two
 * others on the port that was left; and where somebody chose among several, what others do with the chosen port.
 */
function isForeseen(other: Finding, fix: Fix, known: readonly Finding[]): boolean {
  const movesAway = ({ path, span }: Place) =>
    known.some((was) => was.path === path && was.span.start === span.start && was.fixes.some((f) => f.preferred));
  const written = fix.edits.flatMap(({ newText }) => newText.match(/\d+/g) ?? []).map(Number);
  const isOnNew = other.port !== null && written.includes(other.port);
  if (other.rule === 'duplicate-published' && (!isOnNew || [other, ...other.related].some(movesAway))) return true;
  return !fix.preferred && [other.port, ...other.expected].some((port) => port !== null && written.includes(port));
}

/** The place that a finding has after edits. */
function moved({ path, span, rule }: Finding, edits: readonly Edit[]): Pick<Finding, 'path' | 'span' | 'rule'> {
  const shift = edits
    .filter((edit) => edit.path === path && edit.span.end <= span.start)
    .reduce((sum, edit) => sum + edit.newText.length - (edit.span.end - edit.span.start), 0);
  return { path, rule, span: { start: span.start + shift, end: span.end + shift } };
}

function isSame(a: Pick<Finding, 'path' | 'span' | 'rule'>, b: Pick<Finding, 'path' | 'span' | 'rule'>): boolean {
  return placeAndRule(a) === placeAndRule(b);
}

function placeAndRule({ path, span, rule }: Pick<Finding, 'path' | 'span' | 'rule'>): string {
  return `${path}\n${span.start}\n${rule}`;
}
