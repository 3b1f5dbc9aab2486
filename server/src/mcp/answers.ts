import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeMove, planMove } from '../cli/commands/move.ts';
import { answerNext } from '../cli/commands/next.ts';
import { describeKnowledge } from '../cli/commands/who.ts';
import { write } from '../cli/fix.ts';
import { describeReport } from '../cli/formats/json.ts';
import { KeptReading } from '../cli/kept.ts';
import { shortPath } from '../cli/places.ts';
import { reportOn } from '../cli/report.ts';
import { UsageError } from '../cli/usageError.ts';
import { openWorkspace, type Workspace } from '../cli/workspace.ts';
import { known } from '../core/features/who.ts';
import { ownerOf } from '../core/model/statement.ts';
import { isWithin, slashes } from '../core/path.ts';
import { listText } from '../core/words.ts';
import { isReallyIn } from '../host/nodeHost.ts';
import type { Answer, Answers } from './serve.ts';
import type { Questions } from './tools.ts';

/** How many entries of a list are answered if nobody says. */
const LIMIT = 100;

/**
 * What the command line answers, for agents: the same objects, of the workspace as it is at that moment.
 * @param root the folder outside of which nothing is asked for, with `/`
 * @param mayWrite whether `move` can change files
 */
export function answersFor(root: string, mayWrite: boolean): Answers {
  const kept = new KeptReading();
  const open = async () => {
    kept.begin();
    const workspace = await openWorkspace([root], root, { reading: kept });
    workspace.index.settings = workspace.settingsOf(`${root}/.`);
    return workspace;
  };
  const answering =
    <Question>(answer: (question: Question, served: Served) => Promise<Answer>) =>
    async (question: Question) => {
      try {
        return await answer(question, { root, mayWrite, open });
      } catch (error) {
        if (error instanceof UsageError) return { refused: error.message };
        return { refused: `This is a fault of Portolan: ${error instanceof Error ? error.message : String(error)}` };
      }
    };
  return { who: answering(who), next: answering(next), check: answering(check), move: answering(move) };
}

/** The workspace that is served. */
interface Served {
  readonly root: string;
  readonly mayWrite: boolean;
  /** Reads the workspace as it is now. */
  open(): Promise<Workspace>;
}

async function who({ query, limit = LIMIT }: Questions['who'], { open }: Served): Promise<Answer> {
  const workspace = await open();
  const all = describeKnowledge(known(workspace.index, query.trim()), workspace);
  const { claims, uses, findings } = all;
  const few = { claims: claims.slice(0, limit), uses: uses.slice(0, limit), findings: findings.slice(0, limit) };
  const most = Math.max(claims.length, uses.length, findings.length);
  return { value: { ...all, ...few }, remarks: remarksOn(workspace, most, limit) };
}

async function next({ count = 1, range, ...wanted }: Questions['next'], { open }: Served): Promise<Answer> {
  const given = [range, wanted.group, wanted.service].filter((one) => one !== undefined);
  if (given.length > 1) return { refused: 'Give one of service, group and range.' };
  const workspace = await open();
  const interval = range && { range: { port: range.first, endPort: range.last } };
  const value = answerNext(workspace, `${workspace.cwd}/.`, { ...wanted, ...interval }, count);
  if (value === undefined) return { refused: unknown(wanted, workspace) };
  if (value.ports.length === 0) return { refused: 'No port is free there; search another group or range.' };
  return { value, remarks: remarksOn(workspace) };
}

function unknown({ group, service }: Questions['next'], { index, cwd }: Workspace): string {
  const blocks = index.claims.ranges(`${cwd}/.`).map(({ claim }) => ownerOf(claim));
  const groups = [...new Set(blocks)].filter(Boolean);
  const known = groups.length > 0 ? `; its groups are ${listText(groups.slice(0, LIMIT))}` : '';
  return group === undefined
    ? `No port of ${service} is known, so give a group or a range${known}.`
    : `No registry gives a block to ${group}${known}.`;
}

async function check({ paths, limit = LIMIT }: Questions['check'], { root, open }: Served): Promise<Answer> {
  const asked = paths?.map((path) => inside(path, root));
  const workspace = await open();
  for (const path of asked ?? []) {
    if (workspace.texts.has(path) || isFolder(path)) continue;
    const why = workspace.refused.get(path) ?? 'left out, or nothing in it can be read for ports';
    return { refused: `${shortPath(path, root)} is not checked, because it is ${why}.` };
  }
  const isAsked = (path: string) => asked === undefined || asked.some((one) => isWithin(path, one));
  const report = reportOn({ ...workspace, asked: workspace.asked.filter(isAsked) });
  const findings = report.findings.slice(0, limit);
  return {
    value: describeReport({ ...report, findings }),
    remarks: remarksOn(workspace, report.findings.length, limit),
  };
}

async function move(question: Questions['move'], { root, mayWrite, open }: Served): Promise<Answer> {
  const { write: isWish = false, path, ...asked } = question;
  const wish = { ...asked, ...(path !== undefined && { within: inside(path, root) }) };
  const workspace = await open();
  const planned = planMove(wish, workspace, 'with from or path');
  if ('refused' in planned) return planned;
  const isWritten = isWish && mayWrite;
  if (isWritten) write(planned.changes, workspace);
  return { value: describeMove(planned, wish, isWritten, workspace), remarks: remarksOn(workspace) };
}

/** A path of the workspace. Whatever leads out of it is refused. */
function inside(path: string, root: string): string {
  const full = slashes(resolve(root, path));
  if (!isWithin(full, root)) throw new UsageError(`${path} lies outside of ${root}; name a file or folder in it.`);
  if (!existsSync(full)) throw new UsageError(`There is no file or folder ${path}; name one that exists.`);
  if (!isReallyIn(root, full)) throw new UsageError(`${path} is a link, or below one; name the file itself.`);
  return full;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** What is to be known beside an answer. */
function remarksOn({ missing, refused, cwd }: Workspace, most = 0, limit = LIMIT): string[] {
  const unread = [...refused].map(([path, why]) => `${shortPath(path, cwd)} is not read, because it is ${why}.`);
  const cut =
    most > limit ? [`Lists are cut to ${limit} of up to ${most} entries; ask for less, or with a higher limit.`] : [];
  return [...cut, ...missing, ...unread];
}
