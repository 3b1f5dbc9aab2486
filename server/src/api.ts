import { resolve as resolvePath } from 'node:path';
import { describe } from './cli/formats/json.ts';
import { findingsIn, openWorkspace } from './cli/workspace.ts';
import { Configuration, isConfig } from './configuration/configuration.ts';
import { read, wants } from './core/analyze.ts';
import { Index } from './core/model/index.ts';
import { resolve, slashes } from './core/path.ts';

/** A place in a file: lines and UTF-16 columns from 1, the end exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What `portolan check --format json` reports of one contradiction. */
export interface Finding extends Place {
  /** The name of the rule, such as `port-mismatch`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly message: string;
  readonly port: number | null;
  readonly service: string | null;
  /** The ports that would be right, best first. */
  readonly expected: readonly number[];
  /** Where the registry says so, as `file:line`. */
  readonly registry: string | null;
  readonly related: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly message: string;
  }[];
  readonly fixes: readonly Fix[];
}

/** A way to mend a finding. */
export interface Fix {
  readonly title: string;
  /** The one fix to take without asking. At most one of a finding's fixes is preferred. */
  readonly preferred: boolean;
  /** Each replaces the text at a place; where a place is empty, it inserts. */
  readonly edits: readonly (Place & { readonly newText: string })[];
}

/**
 * Checks a folder on the disk as `portolan check` does, with its `portolan.yaml` files and without what is ignored.
 * @param folder absolute, or relative to the working directory; the findings name files relative to it
 * @throws when there is no such folder, or when a `portolan.yaml` is wrong
 */
export async function checkFolder(folder: string): Promise<readonly Finding[]> {
  const path = slashes(resolvePath(folder));
  const workspace = await openWorkspace([path], path);
  return findingsIn(workspace.asked, workspace).map((finding) => describe(finding, workspace));
}

/**
 * Checks texts against each other, without looking at any disk. A `portolan.yaml` among them holds for its folder, but
 * for what it says of files that are left out by default: who names a file wants it read.
 * @param files texts by their paths, with `/`, relative to a common folder; the order makes no difference
 * @throws when a `portolan.yaml` is wrong
 */
export function check(files: Readonly<Record<string, string>>): readonly Finding[] {
  const texts = Object.entries(files).map(
    ([name, text]) => [resolve(FOLDER, name), text.replace(/^\ufeff/, '')] as const,
  );
  const configuration = configurationIn(texts);
  const index = new Index();
  for (const [path, text] of texts) {
    const isNamed = configuration.names(path);
    if (!(wants(path) || isNamed) || !configuration.includes(path)) continue;
    const facts = read(path, text, isNamed);
    if (facts && !facts.refused) index.put(facts);
  }
  const paths = texts.map(([path]) => path).sort();
  const workspace = { index, cwd: FOLDER, settingsOf: (path: string) => configuration.of(path) };
  return findingsIn(paths, workspace).map((finding) => describe(finding, workspace));
}

/** Stands for the folder that the texts have in common. */
const FOLDER = '/workspace';

function configurationIn(texts: readonly (readonly [path: string, text: string])[]): Configuration {
  const configuration = new Configuration({ home: '/home' });
  for (const [path, text] of texts) {
    if (!isConfig(path)) continue;
    configuration.put(path, text);
    const { problems, lines } = configuration.file(path)!;
    for (const { span, message } of problems.slice(0, 1)) {
      const { line, column } = lines.position(span.start);
      throw new Error(`${path.slice(FOLDER.length + 1)}:${line + 1}:${column + 1}: ${message}`);
    }
  }
  return configuration;
}
