import type { ChangeAnnotation, WorkspaceEdit } from 'vscode-languageserver';
import {
  type Asked,
  type FileGroup,
  groupOf,
  plan,
  type Refusal,
  type Relocation,
  relocate,
} from '../core/features/relocation.ts';
import type { Edit } from '../core/finding.ts';
import { basename } from '../core/path.ts';
import { Failure } from './failure.ts';
import type { Session } from './feature.ts';
import { toWorkspaceEdit } from './toLsp.ts';
import type { Workspace } from './workspace/workspace.ts';

/** The groups whose changes the user is asked about: people or programs may want them to stay as they are. */
const UNSURE: ReadonlySet<FileGroup> = new Set(['Documents', 'Generated files']);

/** A refusal as editors show it. */
export function toFailure({ refused }: Refusal): Failure {
  return new Failure('requestFailed', refused);
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
  const rough = plan(asked, port, workspace.trial(path), basename);
  if ('refused' in rough) return rough;
  const closed = [...new Set(rough.edits.map((edit) => edit.path))].filter(
    (one) => workspace.version(one) === undefined,
  );
  const refused = workspace.whyKept(rough.edits.map((edit) => edit.path));
  if (refused !== undefined) return { refused };
  const texts = await workspace.reread(closed);
  return relocate(asked, port, workspace.trial(path, texts), basename);
}

/** The edits of a move, told apart by kind of file where the client can show that. */
export function toMoveEdit({ service, from, to, edits }: Relocation, session: Session): WorkspaceEdit {
  return toGroupedEdit(edits, `${service}: ${from} → ${to}`, session);
}

/** Edits told apart by kind of file where the client can show that, and those that the user is asked about. */
export function toGroupedEdit(edits: readonly Edit[], description: string, session: Session): WorkspaceEdit {
  const { workspace, form } = session;
  const annotate = (edit: Edit): ChangeAnnotation => {
    const file = workspace.look(edit.path)?.file;
    const group = file ? groupOf(file) : 'Documents';
    const isOutside = workspace.isOutside(edit.path);
    return {
      label: isOutside ? `${group} outside of the workspace` : group,
      needsConfirmation: isOutside || UNSURE.has(group),
      description,
    };
  };
  return toWorkspaceEdit(edits, workspace, canAnnotate(session) ? { ...form, annotate } : form);
}

/** Whether the client can say of a change what it is, and ask before it is made. */
export function canAnnotate({ client, form }: Session): boolean {
  return form.documentChanges && client.workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
}
