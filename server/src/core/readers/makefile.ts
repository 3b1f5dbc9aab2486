import { Expansion } from '../notation/interpolation.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { Findings } from './container/findings.ts';
import { isPortName, ownerOf } from './dotenv.ts';
import { readScript } from './shell/script.ts';

/** `Makefile`, `GNUmakefile`, `Makefile.dev`, `docker.mk`, `justfile`; configure makes others of `Makefile.in`. */
const NAME = /^(?:(?:GNU)?makefile(?:\.(?!in$|am$|md$)[\w-]+)?|.+\.mk|\.?justfile|.+\.just)$/i;
const MAY_HOLD_PORTS = /(?:port|-p|-b|bind|listen|localhost|127\.0\.0\.1|0\.0\.0\.0)[^\r\n]{0,60}?\d{2}/i;

/** `PORT ?= 8080`, `export API_PORT := 8001`, and in a justfile `port := "8080"`. */
const VARIABLE =
  /^[ ]*(?:export[ \t]+|override[ \t]+)*([A-Za-z_][\w-]*)[ \t]*(?:\?=|::?:?=|=)[ \t]*["']?(\d{1,6})["']?[ \t]*(?:#.*)?$/;
/** What make or just does with a command, and does not tell the shell. */
const RECIPE = /^[ \t]+[@+-]*[ \t]*/;

/**
 * Reads makefiles, https://www.gnu.org/software/make/manual/make.html, and justfiles, https://just.systems/man/en/: the
 * ports in their variables and in what their recipes tell the shell. Whose these are, they do not say.
 */
export const makefile: Reader = {
  kind: 'makefile',
  globs: ['**/{GNUmakefile,makefile,Makefile,.justfile,justfile,Justfile}', '**/{M,m}akefile.*', '**/*.{mk,just}'],
  wants: (path) => NAME.test(basename(path)),
  read(text) {
    if (!MAY_HOLD_PORTS.test(text)) return undefined;
    const findings = new Findings('makefile');
    // A line that goes on becomes one, and all signs keep their places.
    const joined = text.replace(/\\\r?\n/g, (end) => ' '.repeat(end.length));
    for (const { 0: line, index } of joined.matchAll(/[^\r\n]+/g)) {
      const recipe = RECIPE.exec(line)?.[0].length;
      const end = index + line.length;
      if (VARIABLE.test(line)) readVariable(findings, line, index);
      else if (recipe !== undefined && line[recipe] !== '#') {
        readScript(findings, { side: 'any' }, { source: line.slice(recipe), span: { start: index + recipe, end } });
      }
    }
    const { uses, problems } = findings;
    return uses.length + problems.length > 0 ? { ...nothing, uses, problems } : undefined;
  },
};

function readVariable(findings: Findings, line: string, start: number): void {
  const [, name, digits] = VARIABLE.exec(line)!;
  if (!isPortName(name!)) return;
  const from = line.lastIndexOf(digits!, line.includes('#') ? line.indexOf('#') : undefined);
  const port = findings.port(Expansion.plain(line, start), from, from + digits!.length);
  const service = ownerOf(name!);
  findings.own({ side: 'any', ...(service !== undefined && { name: service }) }, 'environment', port);
}
