import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  ClientCapabilities,
  CodeAction,
  Diagnostic,
  Hover,
  Location,
  Position,
  Range,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { CodeActionKind, DiagnosticSeverity, MarkupKind } from 'vscode-languageserver-types';
import { URI } from 'vscode-uri';
import type { Edit, Finding, Place, Severity } from '../core/finding.ts';
import { withoutMarkup } from '../core/harmless.ts';
import type { ConfigProblem } from '../core/settings/settings.ts';
import type { LineMap, Span } from '../core/text.ts';
import { rulePageUrl } from '../rulePages.ts';

const SEVERITIES: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What has to be known of a text to speak of places in it. */
export interface Texts {
  lines(path: string): LineMap | undefined;
  /** The URI by which the editor knows the file. */
  uri(path: string): string;
  /** The version of an open document; `undefined` for a file that is not open. */
  version(path: string): number | undefined;
}

/** The core's name of a file: with `/`, the drive in lower case. What is no file keeps its URI, made readable. */
export function pathOf(uri: string): string {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file') return parsed.toString(true).replace(/\/$/, '');
  const path = parsed.fsPath;
  return /^([a-z]:|\\\\)/.test(path) ? path.replaceAll('\\', '/') : path;
}

export function uriOf(path: string): string {
  const written = path.replace(HALF, '\ufffd');
  if (isOfMachine(path)) return URI.file(written).toString();
  const uri = URI.parse(written);
  return (uri.path === '' ? uri.with({ path: '/' }) : uri).toString();
}

/** Half of a pair of surrogates, which no URI can hold. */
const HALF = /\p{Surrogate}/gu;

/** Whether a path is one of this machine's own files, and not a URI. */
export function isOfMachine(path: string): boolean {
  return /^(\/|[a-z]:)/.test(path);
}

/** The scheme of the URI that a path stands for: `file`, `untitled`, … */
export function schemeOf(path: string): string {
  return URI.parse(uriOf(path)).scheme;
}

export function toRange(lines: LineMap, span: Span): Range {
  return { start: toPosition(lines, span.start), end: toPosition(lines, span.end) };
}

export function toPosition(lines: LineMap, offset: number): Position {
  const { line, column } = lines.position(offset);
  return { line, character: column };
}

/** The places of files that are known. */
export function toLocations(places: readonly Place[], texts: Texts): Location[] {
  return places.flatMap((place) => {
    const range = rangeOf(place, texts);
    return range === undefined ? [] : [{ uri: texts.uri(place.path), range }];
  });
}

/** Where a place begins, as editors take it behind the URI of its file: `#L12,5`. */
export function toFragment(lines: LineMap, { start }: Span): string {
  const { line, column } = lines.position(start);
  return `#L${line + 1},${column + 1}`;
}

export function toOffset(lines: LineMap, { line, character }: Position): number {
  return lines.offset({ line, column: character });
}

export function toDiagnostic(finding: Finding, texts: Texts): Diagnostic {
  const related = finding.related.flatMap(({ message, ...place }) => {
    const range = rangeOf(place, texts);
    return range === undefined ? [] : [{ message, location: { uri: texts.uri(place.path), range } }];
  });
  return {
    range: rangeOf(finding, texts) ?? nowhere,
    severity: SEVERITIES[finding.severity],
    source: 'portolan',
    code: finding.rule,
    codeDescription: { href: rulePageUrl(finding.rule) },
    message: finding.message,
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/** Something wrong in a `portolan.yaml`. */
export function problemToDiagnostic({ span, message }: ConfigProblem, lines: LineMap, severity: Severity): Diagnostic {
  const range = toRange(lines, span);
  return { range, severity: SEVERITIES[severity], source: 'portolan', code: 'settings', message };
}

/** Says of a file that it was not read, so that nobody takes silence for praise. */
export function notReadToDiagnostic(message: string): Diagnostic {
  return { range: nowhere, severity: SEVERITIES.information, source: 'portolan', code: 'not-read', message };
}

/** The quick fixes for one finding. */
export function toQuickFixes(finding: Finding, texts: Texts, form: EditForm): CodeAction[] {
  return finding.fixes.map((fix) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(finding, texts)],
    edit: toWorkspaceEdit(fix.edits, texts, form),
    ...(fix.preferred && { isPreferred: true }),
  }));
}

/** How a client takes edits of the workspace. */
export interface EditForm {
  /** Without it the client takes edits without versions. */
  readonly documentChanges: boolean;
  /** How the client is to show a change, and whether it asks before it is made. Those with one label stand together. */
  readonly annotate?: (edit: Edit) => ChangeAnnotation;
}

/** Edits with the versions they were made for, so that an editor refuses them when its text has moved on. */
export function toWorkspaceEdit(edits: readonly Edit[], texts: Texts, form: EditForm): WorkspaceEdit {
  const files = new Map<string, (TextEdit | AnnotatedTextEdit)[]>();
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  for (const edit of edits) {
    const range = rangeOf(edit, texts);
    if (range === undefined) continue;
    const annotation = form.documentChanges ? form.annotate?.(edit) : undefined;
    if (annotation) changeAnnotations[annotation.label] = annotation;
    const change = { range, newText: edit.newText, ...(annotation && { annotationId: annotation.label }) };
    files.set(edit.path, [...(files.get(edit.path) ?? []), change]);
  }
  if (!form.documentChanges) {
    return { changes: Object.fromEntries([...files].map(([path, changes]) => [texts.uri(path), changes])) };
  }
  const documentChanges = [...files].map(
    ([path, edits]): TextDocumentEdit => ({
      textDocument: { uri: texts.uri(path), version: texts.version(path) ?? null },
      edits,
    }),
  );
  return form.annotate ? { documentChanges, changeAnnotations } : { documentChanges };
}

/** A hover as the client shows it best: in Markdown, unless it says that it prefers plain text. */
export function toHover(
  { span, markdown }: { span: Span; markdown: string },
  lines: LineMap,
  { textDocument }: ClientCapabilities,
): Hover {
  const isPlain = textDocument?.hover?.contentFormat?.[0] === MarkupKind.PlainText;
  const contents = isPlain
    ? { kind: MarkupKind.PlainText, value: withoutMarkup(markdown) }
    : { kind: MarkupKind.Markdown, value: markdown };
  return { contents, range: toRange(lines, span) };
}

/** Stands for a place in a file of which nothing is known. */
export const nowhere: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The range of a place; `undefined` in a file of which nothing is known. */
export function rangeOf({ path, span }: Place, texts: Texts): Range | undefined {
  const lines = texts.lines(path);
  return lines && toRange(lines, span);
}
