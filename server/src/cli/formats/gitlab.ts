import type { Severity } from '../../core/finding.ts';
import { fingerprints } from '../fingerprint.ts';
import { locationOf } from '../places.ts';
import { jsonText } from '../printed.ts';
import type { Report } from '../report.ts';

const SEVERITIES = { error: 'major', warning: 'minor', information: 'info', hint: 'info' } as const satisfies Record<
  Severity,
  string
>;

/**
 * A report for the merge requests of GitLab.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function gitlab({ findings, workspace }: Report): string {
  const names = fingerprints(findings, workspace);
  const issues = findings.map((finding) => {
    const { file, line, endLine } = locationOf(finding, workspace);
    return {
      description: finding.message,
      check_name: finding.rule,
      fingerprint: names.get(finding),
      severity: SEVERITIES[finding.severity],
      location: { path: file, lines: { begin: line, end: endLine } },
    };
  });
  return jsonText(issues, 2) + '\n';
}
