import { type Audit, type Audited, agrees, auditOf } from '../../core/features/audit.ts';
import type { Finding } from '../../core/finding.ts';
import { escapeMarkdown } from '../../core/harmless.ts';
import { byAuthority } from '../../core/model/governance.ts';
import { ownerOf } from '../../core/model/statement.ts';
import { listText, portText } from '../../core/words.ts';
import { type Command, formatOption, reading } from '../arguments.ts';
import { locationOf, shortPath } from '../places.ts';
import { jsonText, printed } from '../printed.ts';
import { findingsIn, openAndTell, type Workspace } from '../workspace.ts';

/** The audits of a workspace in one form. */
type Format = (audits: readonly Audit[], workspace: Workspace) => string;

const formats: Readonly<Record<string, Format>> = { text: asText, json: asJson, markdown: asMarkdown };

/** `portolan audit`: documented against actual. */
export const auditCommand: Command = {
  name: 'audit',
  takes: '[PATH…]',
  does: 'Print, for every registry, which of its ports are used, and which published ones it does not have.',
  details: `A registry that governs no file with ports is left out.

Exit status: 0 all agree, 1 some do not, or there is no registry, 2 usage or configuration error.`,
  examples: [
    { line: 'portolan audit', says: 'What is documented against what is there.', isShown: true },
    { line: 'portolan audit --format markdown > audit.md', says: 'A report to keep.' },
  ],
  options: {
    format: formatOption(formats, 'How to print it'),
    ...reading,
  },
  async run(given, terminal) {
    const format = given.format(formats);
    const workspace = await openAndTell(given.positionals, terminal);
    const audits = auditsOf(workspace);
    terminal.out(format(audits, workspace));
    if (audits.length === 0) terminal.tell('There is no registry here that governs a file with ports.');
    return audits.length > 0 && audits.every(agrees) ? 0 : 1;
  },
};

/** Each registry as its own settings see it, the nearest and most authoritative first. */
function auditsOf(workspace: Workspace): Audit[] {
  const { index, settingsOf } = workspace;
  const findings = findingsIn([...workspace.texts.keys()].sort(), workspace);
  const audits = index.documents().flatMap((path) => {
    index.settings = settingsOf(path);
    return auditOf(index.file(path)!, index, findings) ?? [];
  });
  return audits.sort((a, b) => byAuthority(a.registry, b.registry));
}

function asText(audits: readonly Audit[], workspace: Workspace): string {
  return audits
    .map((audit) => {
      const name = printed(shortPath(audit.registry.path, workspace.cwd));
      const rows = rowsOf(audit, workspace).map((row) => row.map(printed));
      const widths = [0, 1].map((i) => Math.max(0, ...rows.map((row) => row[i]!.length)));
      const lines = rows.map(
        ([port = '', service = '', used = '']) =>
          `  ${port.padStart(widths[0]!)}  ${service.padEnd(widths[1]!)}  ${used}\n`,
      );
      return `${name}\n${lines.join('')}  ${summary(audit)}\n`;
    })
    .join('\n');
}

function asMarkdown(audits: readonly Audit[], workspace: Workspace): string {
  return audits
    .map((audit) => {
      const cells = rowsOf(audit, workspace).map((row) => row.map(escapeMarkdown));
      const rows = [['Port', 'Service', 'Used'], ['---:', '---', '---'], ...cells];
      const table = rows.map((row) => `| ${row.join(' | ')} |\n`).join('');
      return `## ${escapeMarkdown(shortPath(audit.registry.path, workspace.cwd))}\n\n${table}\n${summary(audit)}\n`;
    })
    .join('\n');
}

/** Port, service and what is there, for every assignment and then for every port that is not registered. */
function rowsOf({ assignments, unregistered }: Audit, workspace: Workspace): string[][] {
  return [
    ...assignments.map((audited) => [portText(audited.claim), ownerOf(audited.claim), whatIsThere(audited, workspace)]),
    ...unregistered.map((finding) => [
      String(finding.port),
      finding.service ?? '',
      `not registered: ${at(finding, workspace)}`,
    ]),
  ];
}

function whatIsThere({ standing, uses, instead }: Audited, workspace: Workspace): string {
  const told = (word: (finding: Finding) => string) =>
    listText([...new Set(instead.map((finding) => `${word(finding)} at ${at(finding, workspace)}`))]);
  switch (standing) {
    case 'differs':
      return `differs: ${told(({ port }) => String(port))}`;
    case 'taken':
      return `taken: by ${told(({ service }) => service ?? 'another')}`;
    case 'unused':
      return 'unused';
    case 'used':
      return fewOf([...new Set(uses.map((use) => at(use, workspace)))]);
  }
}

/** The first places; of a port that is used everywhere nobody reads them all. */
function fewOf(places: readonly string[]): string {
  const more = places.length - FEW;
  return places.slice(0, FEW).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
const FEW = 3;

function at(place: Parameters<typeof locationOf>[0], workspace: Workspace): string {
  const { file, line } = locationOf(place, workspace);
  return `${file}:${line}`;
}

function summary({ assignments, unregistered }: Audit): string {
  const count = (standing: Audited['standing']) => assignments.filter((one) => one.standing === standing).length;
  const parts = (['used', 'differs', 'taken', 'unused'] as const).map(
    (standing) => `${count(standing)} ${WORDS[standing]}`,
  );
  return `${parts.join(', ')}; ${unregistered.length} published and not registered`;
}

const WORDS: Readonly<Record<Audited['standing'], string>> = {
  used: 'used',
  differs: 'on another port',
  taken: 'taken by others',
  unused: 'unused',
};

function asJson(audits: readonly Audit[], workspace: Workspace): string {
  const place = (one: Parameters<typeof locationOf>[0]) => {
    const { file, line, column } = locationOf(one, workspace);
    return { file, line, column };
  };
  const told = (finding: Finding) => ({ ...place(finding), port: finding.port, service: finding.service ?? null });
  const described = audits.map((audit) => ({
    registry: shortPath(audit.registry.path, workspace.cwd),
    agrees: agrees(audit),
    assignments: audit.assignments.map(({ claim, standing, uses, instead }) => ({
      ...place({ path: audit.registry.path, span: claim.span }),
      port: claim.port,
      endPort: claim.endPort ?? null,
      side: claim.side,
      service: ownerOf(claim),
      standing,
      uses: uses.map((use) => ({ ...place(use), role: use.role, service: use.service ?? null })),
      instead: instead.map(told),
    })),
    unregistered: audit.unregistered.map(told),
  }));
  return `${jsonText(described, 2)}\n`;
}
