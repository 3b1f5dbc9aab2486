import type { FileFacts, FileKind, Reading, Suppression } from './facts.ts';
import type { Contradiction, Finding, Fix, Level, Severity } from './finding.ts';
import { kept } from './grouped.ts';
import { harmless } from './harmless.ts';
import type { Index } from './model/index.ts';
import { basename } from './path.ts';
import { nothing } from './reader.ts';
import { readers } from './readers/index.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';
import { unusedSuppression } from './rules/unusedSuppression.ts';
import type { Settings } from './settings/settings.ts';
import { suppressions } from './suppressions.ts';
import { isLossy, LineMap, LONGEST } from './text.ts';

/** As much of such a text shows what it would have been. */
const BEGINNING = 16 * 1024;

/** Whether some reader wants to see a file, told by its path alone. */
export function wants(path: string): boolean {
  return readers.some((reader) => reader.wants(path));
}

/** Whether a file can be read as a registry when the settings call it one, told by its path alone. */
export function mayBeNamed(path: string): boolean {
  return readers.some((reader) => reader.mayBeNamed?.(path));
}

/**
 * Reads one file; never throws.
 * @param text without a byte order mark
 * @param named whether the settings call it a registry
 * @param before the facts of the file before it changed, as they were read: what did not change is taken from them
 * @returns `undefined` when the file is of no kind that holds ports
 */
export function read(path: string, text: string, named = false, before?: FileFacts): FileFacts | undefined {
  if (text.length > LONGEST) return tooLong(path, text, named);
  for (const reader of readers) {
    const isMine = reader.wants(path) || (named && reader.mayBeNamed?.(path));
    const reading = isMine ? reader.read(text, path, named, before) : undefined;
    if (reading) return factsOf(reading, path, reader.kind, text);
  }
  return undefined;
}

/** Filled in step by step: to spread a reading into its facts takes five times as long, for each file of a workspace. */
type Draft = { -readonly [Key in keyof FileFacts]: FileFacts[Key] };

function factsOf(reading: Reading, path: string, kind: FileKind, text: string): FileFacts {
  const { claims, uses, services, variables, problems } = reading;
  const { project, includes, stages, document, nginx, refused, lines = new LineMap(text) } = reading;
  const facts: Draft = {
    path,
    kind,
    lines,
    suppressions: suppressions(text, lines),
    isGenerated: isGenerated(text),
    claims,
    uses,
    services,
    variables,
    problems,
  };
  if (project !== undefined) facts.project = project;
  if (includes) facts.includes = includes;
  if (stages) facts.stages = stages;
  if (document) facts.document = document;
  if (nginx) facts.nginx = nginx;
  if (refused) facts.refused = refused;
  if (isLossy(text)) facts.isLossy = true;
  return facts;
}

/** Nothing but the kind of a file. Most long files are none that anybody would miss. */
function tooLong(path: string, text: string, named: boolean): FileFacts | undefined {
  const beginning = read(path, text.slice(0, BEGINNING), named);
  if (!beginning) return undefined;
  const unknown = { lines: new LineMap(''), suppressions: [], isGenerated: false };
  return { ...nothing, path, kind: beginning.kind, refused: 'too long', ...unknown };
}

/** Whether the head of a file says that a program writes it. */
function isGenerated(text: string): boolean {
  return /\b(?:auto[- ]?generated|generated (?:by|from|file)|do not (?:edit|modify))\b/i.test(text.slice(0, 1000));
}

/**
 * The findings that stand in one file, by place. Ignored ones are taken out, and each rule has the level that the
 * settings give it.
 * @param onError told of a rule that failed; the others still speak
 */
export function check(path: string, index: Index, onError: (rule: Rule, error: unknown) => void = rethrow): Finding[] {
  const file = index.file(path);
  if (!file) return [];
  // A document may be long, and who hovers over it asks time and again.
  return file.document ? [...index.findingsOf(path, () => find(file, index, onError))] : find(file, index, onError);
}

function find(file: FileFacts, index: Index, onError: (rule: Rule, error: unknown) => void): Finding[] {
  const found: Finding[] = [];
  if (saysNothing(file)) return found;
  for (const { rule, level, isSet } of rulesFor(file.kind, index.settings)) {
    if (rule.needsAll && index.isPartial) continue;
    try {
      for (const contradiction of rule.check(file, index)) {
        if (index.isPartial && isSetElsewhere(contradiction, file)) continue;
        const fixes = contradiction.fixes.filter((fix) => isSafe(fix, index)).map((fix) => lasting(fix, index));
        const severity = isSet ? undefined : contradiction.severity;
        found.push({ ...contradiction, fixes, rule: rule.id, severity: severity ?? level });
      }
    } catch (error) {
      onError(rule, error);
    }
  }
  if (found.length === 0 && file.suppressions.length === 0) return found;
  return silence(found, file, index)
    .map(asText)
    .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.rule < b.rule ? -1 : 1));
}

/** Whether there is nothing in a file that a rule could find, as in most documents for people. */
function saysNothing({
  uses,
  claims,
  services,
  variables,
  problems,
  suppressions,
  nginx,
  document,
}: FileFacts): boolean {
  if (nginx || document) return false;
  const most = uses.length + claims.length + services.length + variables.length;
  return most + problems.length + suppressions.length === 0;
}

/** A rule that is not off, with its level, and whether the settings give it that one. */
interface ActiveRule {
  readonly rule: Rule;
  readonly level: Severity;
  readonly isSet: boolean;
}

/** The rules that may find something in files of a kind. */
function rulesFor(kind: FileKind, settings: Settings): readonly ActiveRule[] {
  const byKind = kept(activeRules, settings, () => new Map<FileKind, readonly ActiveRule[]>());
  return kept(byKind, kind, () =>
    rules.flatMap((rule) => {
      const set = settings.rules[rule.id];
      const level = set ?? rule.level;
      const isMeant = level !== 'off' && (rule.in?.includes(kind) ?? true);
      return isMeant ? [{ rule, level, isSet: set !== undefined }] : [];
    }),
  );
}

const activeRules = new WeakMap<Settings, Map<FileKind, readonly ActiveRule[]>>();

/** The names in a finding come from the workspace, and must not steer who shows it. */
function asText(finding: Finding): Finding {
  const related = finding.related.map((place) => ({ ...place, message: harmless(place.message) }));
  const fixes = finding.fixes.map((fix) => ({ ...fix, title: harmless(fix.title) }));
  return { ...finding, message: harmless(finding.message), related, fixes };
}

/** Whether a variable decides over the port, which a file that was not read may set. */
function isSetElsewhere({ span }: Contradiction, { uses }: FileFacts): boolean {
  return uses.some((use) => use.via !== undefined && use.span.start === span.start);
}

/** Whether all files can be written again as they were, the fix apart. */
function isSafe({ edits }: Fix, index: Index): boolean {
  return !edits.some(({ path }) => index.file(path)?.isLossy);
}

/** No fix is taken without asking that edits a file which a program writes, and the title says what comes of it. */
function lasting(fix: Fix, index: Index): Fix {
  // Some of the places that have to change along may not be known.
  if (index.isPartial && fix.preferred) return lasting({ ...fix, preferred: false }, index);
  const generated = fix.edits.find(({ path }) => index.isGenerated(path));
  if (!generated) return fix;
  const lost = `until ${basename(generated.path)} is generated again`;
  return { ...fix, title: `${fix.title} (${lost})`, preferred: false };
}

function rethrow(_: Rule, error: unknown): never {
  throw error;
}

function levelOf(rule: Rule, index: Index): Level {
  return index.settings.rules[rule.id] ?? rule.level;
}

/** Takes out what ignore comments silence, and adds the comments that silence nothing. */
function silence(found: readonly Finding[], file: FileFacts, index: Index): Finding[] {
  if (file.suppressions.length === 0) return [...found];
  const used = new Set<Suppression>();
  const heard = found.filter((finding) => {
    const { line } = file.lines.position(finding.span.start);
    const silencing = file.suppressions.filter(
      ({ lines: [first, last], rules }) =>
        first <= line && line <= last && (rules.length === 0 || rules.includes(finding.rule)),
    );
    for (const suppression of silencing) used.add(suppression);
    return silencing.length === 0;
  });
  const level = levelOf(unusedSuppression, index);
  if (level === 'off' || (unusedSuppression.needsAll && index.isPartial)) return heard;
  const unused = file.suppressions.filter((suppression) => !used.has(suppression));
  return [...heard, ...unused.map((suppression) => idle(suppression, file, level))];
}

function idle({ span, rules }: Suppression, file: FileFacts, severity: Severity): Finding {
  const contradiction: Contradiction = {
    path: file.path,
    span,
    message: `This comment ignores nothing${rules.length > 0 ? ` (${rules.join(', ')})` : ''}, so it can go.`,
    port: null,
    expected: [],
    related: [],
    fixes: [],
  };
  return { ...contradiction, rule: unusedSuppression.id, severity };
}
