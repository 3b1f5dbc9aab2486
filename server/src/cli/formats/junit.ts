import { grouped } from '../../core/grouped.ts';
import { harmless } from '../../core/harmless.ts';
import { locationOf, shortPath } from '../places.ts';
import type { Report } from '../report.ts';

/**
 * A report for servers that show test results: each file is a suite, each error and warning in it a failed test. What
 * changes no exit status fails no test either.
 * https://github.com/testmoapp/junitxml
 */
export function junit({ findings, workspace }: Report): string {
  const byFile = grouped(findings, ({ path }) => path);
  const suites = workspace.asked.map((path) => {
    const name = attribute(shortPath(path, workspace.cwd));
    const failing = (byFile.get(path) ?? []).filter(({ severity }) => severity === 'error' || severity === 'warning');
    const cases = failing.map((finding) => {
      const { file, line, column } = locationOf(finding, workspace);
      const message = attribute(finding.message);
      return (
        `    <testcase name="${finding.rule} ${line}:${column}" classname="${name}" file="${name}" line="${line}">\n` +
        `      <failure type="${finding.severity}" message="${message}">${element(`${file}:${line}:${column} ${finding.message}`)}</failure>\n` +
        '    </testcase>\n'
      );
    });
    const passed = failing.length === 0 ? `    <testcase name="ports" classname="${name}" file="${name}"/>\n` : '';
    const tests = Math.max(1, failing.length);
    return `  <testsuite name="${name}" tests="${tests}" failures="${failing.length}" errors="0">\n${passed}${cases.join('')}  </testsuite>\n`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="portolan">\n${suites.join('')}</testsuites>\n`;
}

/** What XML 1.0 has no place for is left out. https://www.w3.org/TR/xml/#charsets */
function element(text: string): string {
  return harmless(text)
    .replace(NO_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

const NO_XML = /[\ufffe\uffff\p{Surrogate}]/gu;

function attribute(text: string): string {
  return element(text).replaceAll('"', '&quot;').replace(/\s/g, ' ');
}
