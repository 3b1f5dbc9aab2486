import type { FileFacts, Use, Variable } from '../facts.ts';
import type { Place } from '../finding.ts';
import { basename } from '../path.ts';

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
export function placedUses(file: FileFacts, environment: FileFacts | undefined): readonly PlacedUse[] {
  const known = placedIn.get(file);
  if (known && known.environment === environment) return known.uses;
  const variables = new Map(environment?.variables.map((variable) => [variable.name, variable]));
  const uses = file.uses.flatMap((use) => placed(use, file, environment, variables) ?? []);
  placedIn.set(file, { environment, uses });
  return uses;
}

/** The uses of each file in the environment that was asked for last. */
const placedIn = new WeakMap<FileFacts, { environment: FileFacts | undefined; uses: readonly PlacedUse[] }>();

function placed(
  use: Use,
  file: FileFacts,
  environment: FileFacts | undefined,
  variables: ReadonlyMap<string, Variable>,
): PlacedUse | undefined {
  const { span, port, ...rest } = use;
  const own: Place = { path: file.path, span };
  const set = use.via?.map((name) => variables.get(name)).find((variable) => variable !== undefined);
  if (set && environment) return { ...rest, port: set.port, path: environment.path, span: set.span, readAt: own };
  return port === null ? undefined : { ...rest, port, ...own };
}

/** Whether Docker reads this dotenv file by itself; the others (`.env.example`) are samples of it. */
export function isInEffect(path: string): boolean {
  return basename(path) === '.env';
}
