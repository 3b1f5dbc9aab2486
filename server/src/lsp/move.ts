import { type ChangeAnnotation, LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { basename } from '../core/path.ts';
import {
  type Asked,
  type FileGroup,
  groupOf,
  plan,
  type Refusal,
  type Relocation,
  relocate,
} from '../core/relocation.ts';
import type { Session } from './feature.ts';
import { toWorkspaceEdit } from './toLsp.ts';
import type { Workspace } from './workspace.ts';

/** The groups whose changes the user is asked about: people or programs may want them to stay as they are. */
const UNSURE: ReadonlySet<FileGroup> = new Set(['Documents', 'Generated files']);

/** A refusal as editors show it. */
export function toError({ refused }: Refusal): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, refused);
}

/**
 * Works out a move from the texts as they are now: the files to change that are not open are read again.
 * @param path the file whose settings count
 */
export async function moved(
  asked: Asked,
  port: number,
  path: string,
  workspace: Workspace,
): Promise<Relocation | Refusal> {
  await workspace.settled();
  const rough = plan(asked, port, workspace.trial(path, new Map()), basename);
  if ('refused' in rough) return rough;
  const closed = [...new Set(rough.edits.map((edit) => edit.path))].filter(
    (one) => workspace.version(one) === undefined,
  );
  const texts = await workspace.reread(closed);
  return relocate(asked, port, workspace.trial(path, texts), basename);
}

/** The edits of a move, told apart by kind of file where the client can show that. */
export function toMoveEdit({ service, from, to, edits }: Relocation, session: Session): WorkspaceEdit {
  const { workspace, client, form } = session;
  const annotate = (edit: { path: string }): ChangeAnnotation => {
    const file = workspace.look(edit.path)?.file;
    const group = file ? groupOf(file) : 'Documents';
    const isOutside = workspace.isOutside(edit.path);
    return {
      label: isOutside ? `${group} outside of the workspace` : group,
      needsConfirmation: isOutside || UNSURE.has(group),
      description: `${service}: ${from} → ${to}`,
    };
  };
  const canGroup = client.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
  return toWorkspaceEdit(edits, workspace, canGroup ? { ...form, annotate } : form);
}
