import packageJson from '../../../../package.json' with { type: 'json' };
import type { Finding, Fix, Level, Place, Severity } from '../../core/finding.ts';
import { grouped } from '../../core/grouped.ts';
import { rules } from '../../core/rules/index.ts';
import { rulePageUrl } from '../../rulePages.ts';
import { fingerprints } from '../fingerprint.ts';
import { locationOf } from '../places.ts';
import { jsonText } from '../printed.ts';
import type { Report } from '../report.ts';
import { rulePage } from '../rulePage.ts';
import type { Workspace } from '../workspace.ts';

const LEVELS = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
  off: 'none',
} as const satisfies Record<Level, string>;

/**
 * For code scanning of GitHub and others.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export async function sarif({ findings, workspace }: Report): Promise<string> {
  const names = fingerprints(findings, workspace);
  const driver = {
    name: packageJson.displayName,
    semanticVersion: packageJson.version,
    informationUri: packageJson.homepage,
    rules: await Promise.all(rules.map(describeRule)),
  };
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [BASE]: { description: { text: 'The working directory of the run.' } } },
    results: findings.map((finding) => describe(finding, names.get(finding)!, workspace)),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return jsonText(log, 2) + '\n';
}

const BASE = 'ROOT';

async function describeRule({ id, level, finds }: (typeof rules)[number]) {
  const text = finds[0]!.toUpperCase() + finds.slice(1);
  return {
    id,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: `${text}. ${rulePageUrl(id)}`, markdown: await rulePage(id) },
    helpUri: rulePageUrl(id),
    defaultConfiguration: { level: LEVELS[level], enabled: level !== 'off' },
    properties: { tags: ['ports'], precision: 'high', 'problem.severity': problemSeverity(level) },
  };
}

/** https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning */
function problemSeverity(level: Level): 'error' | 'warning' | 'recommendation' {
  return level === 'error' || level === 'warning' ? level : 'recommendation';
}

function describe(finding: Finding, name: string, workspace: Workspace) {
  const { rule, message, related, fixes } = finding;
  const severity: Severity = finding.severity;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: LEVELS[severity],
    message: { text: message },
    locations: [locate(finding, workspace)],
    partialFingerprints: { 'portolanFinding/v1': name },
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        ...locate(place, workspace),
        message: { text: place.message },
      })),
    }),
    ...(fixes.length > 0 && { fixes: fixes.map((fix) => describeFix(fix, workspace)) }),
  };
}

function locate(place: Place, workspace: Workspace) {
  return { physicalLocation: { artifactLocation: artifact(place, workspace), region: region(place, workspace) } };
}

function artifact(place: Place, workspace: Workspace) {
  const { file } = locationOf(place, workspace);
  if (file.startsWith('https://')) return { uri: file };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE };
}

function region(place: Place, workspace: Workspace) {
  const { line, column, endLine, endColumn } = locationOf(place, workspace);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function describeFix({ title, edits }: Fix, workspace: Workspace) {
  const artifactChanges = [...grouped(edits, ({ path }) => path).values()].map((ofFile) => ({
    artifactLocation: artifact(ofFile[0]!, workspace),
    replacements: ofFile.map((edit) => ({
      deletedRegion: region(edit, workspace),
      ...(edit.newText !== '' && { insertedContent: { text: edit.newText } }),
    })),
  }));
  return { description: { text: title }, artifactChanges };
}
