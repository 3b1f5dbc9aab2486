import type { Severity } from '../../core/finding.ts';
import { harmless } from '../../core/harmless.ts';
import { locationOf } from '../places.ts';
import type { Report } from '../report.ts';

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
} as const satisfies Record<Severity, string>;

/**
 * Commands that make GitHub Actions write the findings beside the lines of a pull request.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function github({ findings, workspace }: Report): string {
  return findings
    .map((finding) => {
      const { file, line, column, endLine, endColumn } = locationOf(finding, workspace);
      // A column is taken only where the annotation stays within its line.
      const columns = line === endLine ? { col: column, endColumn: Math.max(column, endColumn - 1) } : {};
      const properties = Object.entries({ file, line, endLine, ...columns, title: `portolan ${finding.rule}` })
        .map(([name, value]) => `${name}=${property(harmless(String(value)))}`)
        .join(',');
      return `::${COMMANDS[finding.severity]} ${properties}::${data(harmless(finding.message))}\n`;
    })
    .join('');
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
