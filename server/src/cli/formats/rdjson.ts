import type { Place, Severity } from '../../core/finding.ts';
import { rulePageUrl } from '../../rulePages.ts';
import { locationOf } from '../places.ts';
import { jsonText } from '../printed.ts';
import type { Report } from '../report.ts';
import type { Workspace } from '../workspace.ts';

const SEVERITIES = {
  error: 'ERROR',
  warning: 'WARNING',
  information: 'INFO',
  hint: 'INFO',
} as const satisfies Record<Severity, string>;

/**
 * For reviewdog, which writes the findings into reviews, with the safe fixes as suggested changes.
 * https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto
 */
export function rdjson({ findings, workspace }: Report): string {
  const diagnostics = findings.map((finding) => {
    // A suggestion can only be about the file that the comment stands in.
    const fix = finding.fixes.find(
      ({ preferred, edits }) => preferred && edits.every(({ path }) => path === finding.path),
    );
    return {
      message: finding.message,
      location: locate(finding, workspace),
      severity: SEVERITIES[finding.severity],
      code: { value: finding.rule, url: rulePageUrl(finding.rule) },
      ...(fix && {
        suggestions: fix.edits.map((edit) => ({ range: locate(edit, workspace).range, text: edit.newText })),
      }),
      ...(finding.related.length > 0 && {
        related_locations: finding.related.map((place) => ({
          message: place.message,
          location: locate(place, workspace),
        })),
      }),
    };
  });
  const source = { name: 'portolan', url: 'https://github.com/portolan-dev/portolan' };
  return jsonText({ source, diagnostics }, 2) + '\n';
}

/** Where a place is, with columns in UTF-8 bytes. */
function locate(place: Place, workspace: Workspace) {
  const { file, line, column, endLine, endColumn } = locationOf(place, workspace);
  const text = workspace.texts.get(place.path) ?? '';
  const inBytes = (offset: number, units: number) => Buffer.byteLength(text.slice(offset - units + 1, offset)) + 1;
  return {
    path: file,
    range: {
      start: { line, column: inBytes(place.span.start, column) },
      end: { line: endLine, column: inBytes(place.span.end, endColumn) },
    },
  };
}
