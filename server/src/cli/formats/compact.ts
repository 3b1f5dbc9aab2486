import type { Severity } from '../../core/finding.ts';
import { locationOf } from '../places.ts';
import { printed } from '../printed.ts';
import type { Report } from '../report.ts';

/** The words that the problem matchers of GitHub and of editors know. */
const WORDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const satisfies Record<
  Severity,
  string
>;

/** A finding a line, as compilers write them: for problem matchers, `grep`, and the error lists of editors. */
export function compact({ findings, workspace }: Report): string {
  return findings
    .map((finding) => {
      const { file, line, column } = locationOf(finding, workspace);
      return `${printed(file)}:${line}:${column}: ${WORDS[finding.severity]}: ${printed(finding.message)} [${finding.rule}]\n`;
    })
    .join('');
}
