import type { ChangeAnnotation, WorkspaceEdit } from 'vscode-languageserver';
import type { Refusal } from '../core/features/relocation/asked.ts';
import type { Alias } from '../core/features/renaming/alias.ts';
import { documentsAround, type NamePlace, type Renaming, rename } from '../core/features/renaming.ts';
import { basename, dirname } from '../core/path.ts';
import type { Session } from './feature.ts';
import { canAnnotate, toGroupedEdit } from './move.ts';
import { settingEdit } from './settingEdit.ts';
import type { Workspace } from './workspace/workspace.ts';

/** Works out another name from the texts as they are now: the documents that are not open are read again. */
export async function renamed(place: NamePlace, newName: string, workspace: Workspace): Promise<Renaming | Refusal> {
  await workspace.settled();
  const documents = documentsAround(place.path, workspace.indexFor(place.path)).map(({ path }) => path);
  const texts = await workspace.reread(documents.filter((path) => workspace.version(path) === undefined));
  const found = rename(place, newName, workspace.trial(place.path, texts), basename);
  const refused = 'refused' in found ? undefined : workspace.whyKept(found.edits.map((edit) => edit.path));
  return refused === undefined ? found : { refused };
}

/** The edits of a renaming. The user is asked about documents, and about the name that is to be set. */
export async function toRenameEdit({ from, to, edits, alias }: Renaming, session: Session): Promise<WorkspaceEdit> {
  const made = toGroupedEdit(edits, `${from} → ${to}`, session);
  const set = alias && (await aliasEdit(alias, session));
  if (!set) return made;
  if (made.changes) return { changes: { ...made.changes, ...set.changes } };
  const { documentChanges = [], changeAnnotations } = made;
  return {
    documentChanges: [...documentChanges, ...(set.documentChanges ?? [])],
    ...(changeAnnotations && { changeAnnotations: { ...changeAnnotations, ...set.changeAnnotations } }),
  };
}

/** The change of the `portolan.yaml` that counts for all files with the other name. None is made without asking. */
async function aliasEdit({ setting, paths }: Alias, session: Session): Promise<WorkspaceEdit | undefined> {
  const { workspace } = session;
  const path = workspace.configFor(`${sharedFolder(paths)}/portolan.yaml`);
  const text = path === undefined ? undefined : await workspace.readText(path);
  const isAsked = canAnnotate(session);
  if (path === undefined || (text === undefined && !isAsked)) return undefined;
  const annotation: ChangeAnnotation = {
    label: 'Other name in portolan.yaml',
    needsConfirmation: true,
    description: `${setting.name} is ${setting.service}`,
  };
  return settingEdit({ path, text, setting }, session, isAsked ? annotation : undefined);
}

/** The innermost folder that holds all files. */
function sharedFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths;
  let folder = dirname(first);
  while (folder !== '' && !rest.every((path) => path.startsWith(`${folder}/`))) folder = dirname(folder);
  return folder;
}
