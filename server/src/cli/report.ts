import type { Finding, Severity } from '../core/finding.ts';
import { findingsIn, type Workspace } from './workspace.ts';

/** The findings in the files that were asked for, and what they are counted against. */
export interface Report {
  readonly workspace: Workspace;
  readonly findings: readonly Finding[];
  readonly summary: Summary;
}

interface Summary {
  readonly files: number;
  readonly claims: number;
  readonly uses: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Leaves some findings out. */
export type Selection = (findings: readonly Finding[]) => readonly Finding[];

/** Checks the files that were asked for, as they are now. */
export function reportOn(workspace: Workspace, select: Selection = (all) => all): Report {
  const findings = select(findingsIn(workspace.asked, workspace));
  const files = workspace.asked.map((path) => workspace.index.file(path)).filter((file) => file !== undefined);
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    files: files.length,
    claims: files.reduce((sum, { claims }) => sum + claims.length, 0),
    uses: files.reduce((sum, { uses }) => sum + uses.length, 0),
    errors: count('error'),
    warnings: count('warning'),
  };
  return { workspace, findings, summary };
}
