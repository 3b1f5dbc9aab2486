import type { PrepareRenameParams, PrepareRenameResult, RenameParams, WorkspaceEdit } from 'vscode-languageserver';
import { askedSubject, standingAt } from '../../core/features/relocation/asked.ts';
import { nameAt } from '../../core/features/renaming.ts';
import { Failure } from '../failure.ts';
import { feature } from '../feature.ts';
import { moved, toFailure, toMoveEdit } from '../move.ts';
import { renamed, toRenameEdit } from '../rename.ts';
import { pathOf, toOffset, toRange } from '../toLsp.ts';

/** What can be renamed is a port, wherever its digits stand, and the name of a service in its row. */
export const prepareRenameFeature = feature({
  method: 'textDocument/prepareRename',
  answer({ textDocument, position }: PrepareRenameParams, { workspace }): PrepareRenameResult | null {
    const path = pathOf(textDocument.uri);
    const seen = workspace.look(path);
    if (!seen) return null;
    const offset = toOffset(seen.file.lines, position);
    const found = standingAt(path, offset, seen.index);
    if (!found) return null;
    if (found.kind === 'name') {
      const named = nameAt({ path, offset }, workspace.trial(path));
      if (!named) return null;
      if ('refused' in named) throw toFailure(named);
      return { range: toRange(seen.file.lines, named.span), placeholder: named.name };
    }
    const subject = askedSubject({ path, offset }, seen.index);
    if ('refused' in subject) throw toFailure(subject);
    return { range: toRange(seen.file.lines, found.span), placeholder: String(subject.port) };
  },
});

/**
 * The new name of a port is another port: its service moves there, wherever the old one is written. The new name of a
 * service is written in all its rows.
 */
export const renameFeature = feature({
  method: 'textDocument/rename',
  async answer({ textDocument, position, newName }: RenameParams, session): Promise<WorkspaceEdit | null> {
    const { workspace } = session;
    const path = pathOf(textDocument.uri);
    const seen = workspace.look(path);
    if (!seen) return null;
    const place = { path, offset: toOffset(seen.file.lines, position) };
    if (standingAt(path, place.offset, seen.index)?.kind === 'name') {
      const done = await renamed(place, newName, workspace);
      if ('refused' in done) throw toFailure(done);
      return toRenameEdit(done, session);
    }
    if (!/^\d{1,9}$/.test(newName.trim())) {
      throw new Failure('invalidParams', `${newName} is not a port; give a number from 1 to 65535.`);
    }
    const found = await moved(place, Number(newName), path, workspace);
    if ('refused' in found) throw toFailure(found);
    return toMoveEdit(found, session);
  },
});
