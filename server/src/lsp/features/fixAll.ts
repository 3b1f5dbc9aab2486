import type { WorkspaceEdit } from 'vscode-languageserver';
import { combine } from '../../core/edits.ts';
import { feature } from '../feature.ts';
import { canAnnotate } from '../move.ts';
import { toWorkspaceEdit } from '../toLsp.ts';
import { heed } from '../workspace/slices.ts';
import { closedFiles, preferred } from './codeActions.ts';

/** Every safe fix of the workspace at once; where the client can, each to be confirmed. */
export const fixAllFeature = feature({
  method: 'portolan/fixAll',
  async answer(_: unknown, session, cancel): Promise<WorkspaceEdit> {
    const { workspace, form } = session;
    await workspace.settled();
    heed(cancel);
    const findings = () => workspace.troubled().flatMap((path) => workspace.findings(path));
    await workspace.reread(closedFiles(findings(), workspace));
    heed(cancel);
    const annotate = () => ({ label: 'Use the port that the registry gives', needsConfirmation: true });
    const asking = canAnnotate(session) ? { ...form, annotate } : form;
    return toWorkspaceEdit(combine(preferred(findings())), workspace, asking);
  },
});
