import type { CodeAction, CodeActionParams, Range } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver-types';
import { combine } from '../../core/edits.ts';
import type { Finding, Fix } from '../../core/finding.ts';
import { FIX_ALL } from '../connection/provided.ts';
import { feature, type Session } from '../feature.ts';
import { ignoreActions, textsFor } from '../ignoreActions.ts';
import { pathOf, toQuickFixes, toRange, toWorkspaceEdit } from '../toLsp.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The quick fixes, and all of a file's at once. */
export const codeActionsFeature = feature({
  method: 'textDocument/codeAction',
  answer: codeActions,
});

/**
 * What can be done about the findings in a range. Made anew for each request from the texts as they are now, and never
 * kept, so that no edit is for a text that is gone.
 */
async function codeActions(
  { textDocument, range, context }: CodeActionParams,
  session: Session,
): Promise<CodeAction[]> {
  const { workspace, form, preferences } = session;
  const path = pathOf(textDocument.uri);
  const asked = (kind: CodeActionKind) => context.only?.some((only) => includesKind(only, kind)) ?? false;
  const quick = !context.only || asked(CodeActionKind.QuickFix);
  const wanted = () => {
    const findings = workspace.findings(path);
    return asked(FIX_ALL) ? findings : findings.filter((finding) => touches(finding, range, workspace));
  };
  const mayIgnore = quick && preferences.ignoreActions && range.start.line === range.end.line;
  const version = workspace.version(path);
  await workspace.reread([...closedFiles(wanted(), workspace), ...(version === undefined ? [path] : [])]);
  const texts = mayIgnore ? await textsFor(wanted(), session) : undefined;

  const findings = wanted();
  const here = findings.filter((finding) => touches(finding, range, workspace));
  const actions = quick ? here.flatMap((finding) => toQuickFixes(finding, workspace, form)) : [];
  if (texts && workspace.version(path) === version) actions.push(...ignoreActions(here, texts, session));
  if (asked(FIX_ALL)) {
    const edits = combine(preferred(findings));
    const edit = toWorkspaceEdit(edits, workspace, form);
    if (edits.length > 0) actions.push({ title: 'Fix all ports in this file', kind: FIX_ALL, edit });
  }
  return actions;
}

/** The fixes to make without asking which. */
export function preferred(findings: readonly Finding[]): Fix[] {
  return findings.flatMap(({ fixes }) => fixes.find((fix) => fix.preferred) ?? []);
}

/** The files that fixes would change and that are not open, so that the disk decides what is in them. */
export function closedFiles(findings: readonly Finding[], workspace: Workspace): string[] {
  const paths = findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ path }) => path)));
  return [...new Set(paths)].filter((path) => workspace.version(path) === undefined);
}

/** Kinds are hierarchical: `source` includes `source.fixAll.portolan`. */
function includesKind(only: CodeActionKind, kind: CodeActionKind): boolean {
  return only === '' || kind === only || kind.startsWith(`${only}.`);
}

function touches({ path, span }: Finding, range: Range, workspace: Workspace): boolean {
  const lines = workspace.lines(path);
  if (lines === undefined) return false;
  const { start, end } = toRange(lines, span);
  return !isBefore(end, range.start) && !isBefore(range.end, start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
