import { parseJson, unescaped } from '../json.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { Findings, type Owner } from './container/findings.ts';
import { readScript } from './shell/script.ts';

/** Spares the reading of most: some option, variable or address, and digits. */
const MAY_HOLD_PORTS = /(?:port|-p|-b|bind|listen|host|0\.0\.1)[\w"'\\]{0,3}[=: ][\w"'\\.$:{[\]-]{0,30}?\d{2}/i;

/** The scripts that start the package itself, each word of their names: `dev`, `start:prod`, `serve:local`. */
const OWN_SCRIPT = /^(?:(?:dev|develop|development|start|serve|server|run|local|prod|production|watch)(?:[:_-]|$))+$/;

/** Reads the scripts of a package: https://github.com/npm/cli/blob/latest/docs/lib/content/using-npm/scripts.md */
export const packageJson: Reader = {
  kind: 'package',
  globs: ['**/package.json'],
  wants: (path) => basename(path) === 'package.json',
  read(text) {
    if (!MAY_HOLD_PORTS.test(text)) return undefined;
    const document = parseJson(text);
    const findings = new Findings('package');
    const value = (key: string) => document.scalar(document.get(document.root, key))?.value;
    // What starts other packages is none of the services itself.
    const isOfMany = document.get(document.root, 'workspaces') !== undefined;
    const name = isOfMany ? undefined : nameOf(value('name'));
    for (const { key, value } of document.entries(document.get(document.root, 'scripts'))) {
      const script = document.scalar(value);
      if (!script) continue;
      // Whether it runs in a container or on the machine of whoever types it, nobody can tell.
      const owner: Owner = { side: 'any', ...(name !== undefined && OWN_SCRIPT.test(key) && { name }) };
      readScript(findings, owner, { source: unescaped(script), span: script.span });
    }
    const { uses, problems } = findings;
    return uses.length + problems.length > 0 ? { ...nothing, uses, problems } : undefined;
  },
};

/** A package's name without its scope: https://github.com/npm/cli/blob/latest/docs/lib/content/configuring-npm/package-json.md#name */
function nameOf(name: string | undefined): string | undefined {
  const bare = name?.replace(/^@[^/]*\//, '');
  return bare === undefined || !/^[\w.-]+$/.test(bare) ? undefined : ownCopy(bare);
}
