import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { Findings } from './container/findings.ts';
import { readScript } from './shell/script.ts';

/** `Procfile`, `Procfile.dev` */
const NAME = /^Procfile(?:\.[\w-]+)?$/;
const PROCESS = /^([\w-]{1,60}):[ \t]*(?=\S)/;

/** Reads the kinds of processes that an application has: https://devcenter.heroku.com/articles/procfile#procfile-format */
export const procfile: Reader = {
  kind: 'procfile',
  globs: ['**/Procfile', '**/Procfile.*'],
  wants: (path) => NAME.test(basename(path)),
  read(text) {
    if (!/\d{2}/.test(text)) return undefined;
    const findings = new Findings('procfile');
    for (const { 0: line, index } of text.matchAll(/[^\r\n]+/g)) {
      const match = PROCESS.exec(line);
      if (!match) continue;
      const command = line.slice(match[0].length);
      const span = { start: index + match[0].length, end: index + line.length };
      readScript(findings, { name: ownCopy(match[1]!), side: 'any' }, { source: command, span }, true);
    }
    const { uses, problems } = findings;
    return uses.length + problems.length > 0 ? { ...nothing, uses, problems } : undefined;
  },
};
