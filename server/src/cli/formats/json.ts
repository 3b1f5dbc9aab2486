import type { Finding } from '../../core/finding.ts';
import { locationOf } from '../places.ts';
import { jsonText } from '../printed.ts';
import type { Report } from '../report.ts';
import type { Workspace } from '../workspace.ts';

/** One object with everything, for programs. Fields may be added; the version goes up when one changes. */
export function json(report: Report): string {
  return jsonText(describeReport(report), 2) + '\n';
}

/** A report as programs get it. */
export function describeReport({ findings, workspace, summary }: Report) {
  return { version: 1, findings: findings.map((finding) => describe(finding, workspace)), summary };
}

/** A finding as programs get it. */
export function describe(finding: Finding, workspace: Pick<Workspace, 'index' | 'cwd'>) {
  const { rule, severity, message, port, service, expected, registry, related, fixes } = finding;
  const written = registry && locationOf(registry, workspace);
  return {
    ...locationOf(finding, workspace),
    rule,
    severity,
    message,
    port,
    service: service ?? null,
    expected,
    registry: written ? `${written.file}:${written.line}` : null,
    related: related.map((place) => {
      const { file, line, column } = locationOf(place, workspace);
      return { file, line, column, message: place.message };
    }),
    fixes: fixes.map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map((edit) => ({ ...locationOf(edit, workspace), newText: edit.newText })),
    })),
  };
}
