import type { Severity } from '../../core/finding.ts';
import { locationOf } from '../places.ts';
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
      return `${oneLine(file)}:${line}:${column}: ${WORDS[finding.severity]}: ${oneLine(finding.message)} [${finding.rule}]\n`;
    })
    .join('');
}

/** Neither the name of a file nor of a service may begin a line of its own, or steer the terminal. */
function oneLine(text: string): string {
  return text.replace(/\p{Control}|[\u2028\u2029]/gu, '\ufffd');
}
