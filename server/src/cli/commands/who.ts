import { type Knowledge, knowledgeText, known } from '../../core/features/who.ts';
import { type Command, formatOption, reading } from '../arguments.ts';
import { describe } from '../formats/json.ts';
import { shortPath } from '../places.ts';
import { jsonText, printed } from '../printed.ts';
import { UsageError } from '../usageError.ts';
import { openAndTell, type Workspace, workspaceAround } from '../workspace.ts';
import { describeFact } from './facts.ts';

type Format = (knowledge: Knowledge, workspace: Workspace) => string;

const formats: Readonly<Record<string, Format>> = { text: asText, json: asJson };

/** `portolan who`: what a hover shows. */
export const whoCommand: Command = {
  name: 'who',
  takes: 'PORT|SERVICE',
  does: 'Tell who owns a port, or which ports a service has, in the workspace around the working directory.',
  details: 'Exit status: 0 found, 1 nobody knows it, 2 usage or configuration error.',
  examples: [
    { line: 'portolan who 3103', says: 'Who owns a port.', isShown: true },
    { line: 'portolan who crane-scheduler', says: 'All that is known of a service.', isShown: true },
  ],
  options: { format: formatOption(formats, 'How to tell'), ...reading },
  async run(given, terminal) {
    const format = given.format(formats);
    const query = given.positionals.join(' ').trim();
    if (query === '') throw new UsageError('Name a port or a service, such as portolan who 8080.');
    const root = workspaceAround(`${terminal.cwd}/.`, terminal.cwd);
    const workspace = await openAndTell([root], terminal);
    workspace.index.settings = workspace.settingsOf(`${terminal.cwd}/.`);
    const knowledge = known(workspace.index, query);
    terminal.out(format(knowledge, workspace));
    if (knowledge.files.length > 0) return 0;
    terminal.tell(`Nothing is known of ${query} in ${root}.`);
    return 1;
  },
};

function asText(knowledge: Knowledge, { index, cwd }: Workspace): string {
  if (knowledge.files.length === 0) return '';
  const lines = knowledgeText(knowledge, index, (path) => shortPath(path, cwd));
  return `${lines.map(printed).join('\n')}\n`;
}

function asJson(knowledge: Knowledge, workspace: Workspace): string {
  return `${jsonText(describeKnowledge(knowledge, workspace), 2)}\n`;
}

/** What is known of a port or a service, as programs get it. */
export function describeKnowledge({ query, owners, files, findings }: Knowledge, workspace: Workspace) {
  return {
    version: 1,
    query,
    found: files.length > 0,
    owners,
    claims: files.flatMap(({ file, claims }) => claims.map((claim) => describeFact(claim, file.path, workspace))),
    uses: files.flatMap(({ uses }) => uses.map((use) => describeFact(use, use.path, workspace))),
    findings: findings.map((finding) => describe(finding, workspace)),
  };
}
