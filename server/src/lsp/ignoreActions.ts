import type { CodeAction, SnippetTextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { CodeActionKind } from 'vscode-languageserver-types';
import { type Insertion, ignoreInFile, ignoreOnLine } from '../core/features/ignore.ts';
import { type Offer, offersFor } from '../core/features/settingOffers.ts';
import type { Finding } from '../core/finding.ts';
import { dirname } from '../core/path.ts';
import { unusedSuppression } from '../core/rules/unusedSuppression.ts';
import { LineMap } from '../core/text.ts';
import type { Session } from './feature.ts';
import { settingEdit } from './settingEdit.ts';
import { toDiagnostic, toRange, toWorkspaceEdit } from './toLsp.ts';

/** The texts into which comments and settings are to be written, as they were when they were read. */
type Known = ReadonlyMap<string, string | undefined>;

/** Reads the texts that the actions for findings need: that of their file, and of every `portolan.yaml` in question. */
export async function textsFor(findings: readonly Finding[], { workspace }: Session): Promise<Known> {
  const files = findings.flatMap(({ path, registry }) => [path, registry?.path ?? path]);
  const configs = files.flatMap((path) => workspace.configFor(path) ?? []);
  const paths = [...new Set([...findings.map(({ path }) => path), ...configs])];
  return new Map(await Promise.all(paths.map(async (path) => [path, await workspace.readText(path)] as const)));
}

/**
 * What can be done about findings of one file besides mending them: an ignore comment on the line or for the file, and
 * settings. Each rule once; never preferred. Those that cannot be written safely are left out.
 */
export function ignoreActions(findings: readonly Finding[], texts: Known, session: Session): CodeAction[] {
  const distinct = findings.filter(({ rule }, i) => findings.findIndex((other) => other.rule === rule) === i);
  const ways = [
    { way: ignoreOnLine, where: 'on this line' },
    { way: ignoreInFile, where: 'in this file' },
  ];
  const comments = ways.flatMap(({ way, where }) =>
    distinct.flatMap((finding) => {
      const file = session.workspace.look(finding.path)?.file;
      const text = texts.get(finding.path);
      if (!file || file.isLossy || text === undefined || finding.rule === unusedSuppression.id) return [];
      const made = way(file, text, finding.span.start, finding.rule);
      const edit = made && commentEdit(finding.path, text, made, session);
      return edit ? [toAction(`Ignore ${finding.rule} ${where}`, edit, finding, session)] : [];
    }),
  );
  const settings = distinct.flatMap((finding) => {
    const seen = session.workspace.look(finding.path);
    return (seen ? offersFor(finding, seen.index) : []).flatMap((offer) => {
      const edit = offeredEdit(offer, texts, session);
      return edit ? [toAction(offer.title, edit, finding, session)] : [];
    });
  });
  return [...comments, ...settings];
}

function toAction(title: string, edit: WorkspaceEdit, finding: Finding, { workspace }: Session): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [toDiagnostic(finding, workspace)], edit };
}

/** The comment, with a place for its reason where the client can take one. */
function commentEdit(path: string, text: string, made: Insertion, { workspace, client, form }: Session): WorkspaceEdit {
  const { at, text: newText, reasonAt } = made;
  const span = { start: at, end: at };
  const takesSnippets = form.documentChanges && client.workspace?.workspaceEdit?.snippetEditSupport;
  if (!takesSnippets || reasonAt === undefined) return toWorkspaceEdit([{ path, span, newText }], workspace, form);
  const value = `${newText.slice(0, reasonAt)}: \${1:reason}${newText.slice(reasonAt)}`;
  const edit: SnippetTextEdit = { range: toRange(new LineMap(text), span), snippet: { kind: 'snippet', value } };
  const textDocument = { uri: workspace.uri(path), version: workspace.version(path) ?? null };
  return { documentChanges: [{ textDocument, edits: [edit] }] };
}

/** The change of the nearest `portolan.yaml`, which is made where there is none. */
function offeredEdit({ near, setting }: Offer, texts: Known, session: Session): WorkspaceEdit | undefined {
  const path = session.workspace.configFor(near);
  if (path === undefined || !texts.has(path)) return undefined;
  return settingEdit({ path, text: texts.get(path), setting: setting(dirname(path)) }, session);
}
