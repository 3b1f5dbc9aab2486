import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../cli/arguments.ts';
import { write } from '../cli/fix.ts';
import { describeReport } from '../cli/formats/json.ts';
import { KeptReading } from '../cli/kept.ts';
import { describeMove, planMove, WHICH } from '../cli/move.ts';
import { answerNext } from '../cli/next.ts';
import { reportOn } from '../cli/report.ts';
import { describeKnowledge } from '../cli/who.ts';
import { openWorkspace, shortPath, slashes, type Workspace } from '../cli/workspace.ts';
import { ownerOf } from '../core/model/statement.ts';
import { isWithin } from '../core/path.ts';
import { known } from '../core/who.ts';
import { listText } from '../core/words.ts';
import { isReallyIn } from '../nodeHost.ts';
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
  const reading = new KeptReading();
  const open = async () => {
    reading.begin();
    const workspace = await openWorkspace([root], root, {}, undefined, reading);
    workspace.index.settings = workspace.settingsOf(`${root}/.`);
    return workspace;
  };
  const answering =
    <Question>(answer: (question: Question, workspace: Workspace) => Answer) =>
    async (question: Question) => {
      try {
        return answer(question, await open());
      } catch (error) {
        if (error instanceof UsageError) return { refused: error.message };
        return { refused: `This is a fault of Portolan: ${error instanceof Error ? error.message : String(error)}` };
      }
    };
  return {
    who: answering(who),
    next: answering(next),
    check: answering(check),
    move: answering((question, workspace) => move(question, workspace, mayWrite)),
  };
}

function who({ query, limit = LIMIT }: Questions['who'], workspace: Workspace): Answer {
  const all = describeKnowledge(known(workspace.index, query.trim()), workspace);
  const [claims, uses, findings] = [all.claims, all.uses, all.findings].map((list) => list.slice(0, limit));
  const most = Math.max(all.claims.length, all.uses.length, all.findings.length);
  return { value: { ...all, claims, uses, findings }, remarks: remarksOn(workspace, most, limit) };
}

function next({ count = 1, range, ...wanted }: Questions['next'], workspace: Workspace): Answer {
  const given = [range, wanted.group, wanted.service].filter((one) => one !== undefined);
  if (given.length > 1) return { refused: 'Give one of service, group and range.' };
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

function check({ paths, limit = LIMIT }: Questions['check'], workspace: Workspace): Answer {
  const asked = paths?.map((path) => inside(path, workspace));
  for (const path of asked ?? []) {
    if (workspace.texts.has(path) || statSync(path).isDirectory()) continue;
    const why = workspace.refused.get(path) ?? 'left out, or nothing in it can be read for ports';
    return { refused: `${shortPath(path, workspace.cwd)} is not checked, because it is ${why}.` };
  }
  const isAsked = (path: string) => asked === undefined || asked.some((one) => isWithin(path, one));
  const report = reportOn({ ...workspace, asked: workspace.asked.filter(isAsked) });
  const findings = report.findings.slice(0, limit);
  return {
    value: describeReport({ ...report, findings }),
    remarks: remarksOn(workspace, report.findings.length, limit),
  };
}

function move(
  { write: isWish = false, path, ...asked }: Questions['move'],
  workspace: Workspace,
  mayWrite: boolean,
): Answer {
  const wish = { ...asked, ...(path !== undefined && { within: inside(path, workspace) }) };
  const planned = planMove(wish, workspace);
  if ('refused' in planned) return { refused: planned.refused.replace(WHICH, '; say which by from or path.') };
  const isWritten = isWish && mayWrite;
  if (isWritten) write(planned.changes, workspace);
  return { value: describeMove(planned, wish, isWritten, workspace), remarks: remarksOn(workspace) };
}

/** A path of the workspace. Whatever leads out of it is refused. */
function inside(path: string, { cwd }: Workspace): string {
  const full = slashes(resolve(cwd, path));
  if (!isWithin(full, cwd)) throw new UsageError(`${path} lies outside of ${cwd}; name a file or folder in it.`);
  if (!existsSync(full)) throw new UsageError(`There is no file or folder ${path}; name one that exists.`);
  if (!isReallyIn(cwd, full)) throw new UsageError(`${path} is a link, or below one; name the file itself.`);
  return full;
}

/** What is to be known beside an answer. */
function remarksOn({ missing, refused, cwd }: Workspace, most = 0, limit = LIMIT): string[] {
  const unread = [...refused].map(([path, why]) => `${shortPath(path, cwd)} is not read, because it is ${why}.`);
  const cut =
    most > limit ? [`Lists are cut to ${limit} of up to ${most} entries; ask for less, or with a higher limit.`] : [];
  return [...cut, ...missing, ...unread];
}
