import type { FileFacts, Use, Variable } from '../../facts.ts';
import type { Place } from '../../finding.ts';
import { kept } from '../../grouped.ts';
import { basename } from '../../path.ts';

/** A use with the port that is really in effect, at the place where its digits stand. */
export interface PlacedUse extends Omit<Use, 'port' | 'span'>, Place {
  readonly port: number;
  /** For a port that comes from a variables file: the use that reads the variable. */
  readonly readAt?: Place;
}

/**
 * The uses of a compose file as Docker resolves them: a variable that the environment file sets wins over the default
 * written in place. Uses whose port nobody tells are left out.
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/
 */
export function placedUses(file: FileFacts, environment: FileFacts | undefined): PlacedUse[] {
  const uses: PlacedUse[] = [];
  const variables = new Map(environment?.variables.map((variable) => [variable.name, variable]));
  for (const use of file.uses) {
    const one = placed(use, file, environment, variables);
    if (one) uses.push(one);
  }
  return uses;
}

/** One use of a file, in an environment; `undefined` where nobody tells its port. */
export function placed(
  use: Use,
  file: FileFacts,
  environment?: FileFacts,
  variables: ReadonlyMap<string, Variable> = NO_VARIABLES,
): PlacedUse | undefined {
  const { path } = file;
  if (use.via !== undefined && environment) {
    const name = use.via.find((one) => variables.has(one));
    const set = name === undefined ? undefined : variables.get(name)!;
    const readAt: Place = { path, span: use.span };
    if (set) return { ...use, port: set.port, span: set.span, path: environment.path, readAt };
  }
  return use.port === null ? undefined : { ...(use as Use & { port: number }), path };
}

const NO_VARIABLES: ReadonlyMap<string, Variable> = new Map();

/** Whether a compose file takes a port from a variable that a dotenv file sets. */
export function readsFrom(file: FileFacts, environment: FileFacts): boolean {
  const read = kept(variablesRead, file, () => new Set(file.uses.flatMap(({ via }) => via ?? [])));
  return environment.variables.some(({ name }) => read.has(name));
}

const variablesRead = new WeakMap<FileFacts, ReadonlySet<string>>();

/** Whether Docker reads this dotenv file by itself; the others (`.env.example`) are samples of it. */
export function isInEffect(path: string): boolean {
  return basename(path) === '.env';
}

/** Whether a file does something on the team's machines: a workflow's services run elsewhere, and documents only speak. */
export function doesSomething({ kind, document }: FileFacts): boolean {
  return kind !== 'workflow' && kind !== 'guide' && !document;
}
