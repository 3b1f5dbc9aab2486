import type { ChangeAnnotation, CreateFile, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { rules } from '../core/rules/index.ts';
import { editSettings, type Setting } from '../core/settings/settingsEdits.ts';
import { isLossy, LineMap } from '../core/text.ts';
import type { Session } from './feature.ts';
import { toRange } from './toLsp.ts';

const ruleIds = rules.map(({ id }) => id);

/** One thing more to set in a `portolan.yaml`. */
interface Change {
  readonly path: string;
  /** What stands in the file; `undefined` where there is none. */
  readonly text: string | undefined;
  readonly setting: Setting;
}

/**
 * The change of a `portolan.yaml`, which is made where there is none.
 * @param annotation what to say of it, to clients that can show that
 * @returns `undefined` where it cannot be written safely, or the client cannot make files
 */
export function settingEdit(
  { path, text, setting }: Change,
  { workspace, client, form }: Session,
  annotation?: ChangeAnnotation,
): WorkspaceEdit | undefined {
  const edit = editSettings(text ?? '', setting, ruleIds);
  if (!edit || isLossy(text ?? '')) return undefined;
  const uri = workspace.uri(path);
  const annotationId = annotation?.label;
  const marked = annotationId === undefined ? {} : { annotationId };
  const changes = [{ range: toRange(new LineMap(text ?? ''), edit.span), newText: edit.newText, ...marked }];
  const version = workspace.version(path) ?? null;
  const change: TextDocumentEdit = { textDocument: { uri, version }, edits: changes };
  const changeAnnotations = annotation && { [annotation.label]: annotation };
  const told = changeAnnotations && { changeAnnotations };
  if (text !== undefined)
    return form.documentChanges ? { documentChanges: [change], ...told } : { changes: { [uri]: changes } };
  // One that is there after all, but is not read, is not touched.
  const creation: CreateFile = { kind: 'create', uri, ...marked };
  const { resourceOperations = [] } = client.workspace?.workspaceEdit ?? {};
  return form.documentChanges && resourceOperations.includes('create')
    ? { documentChanges: [creation, change], ...told }
    : undefined;
}
