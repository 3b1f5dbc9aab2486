import type { Use, Variable } from '../../facts.ts';

/** What a dotenv file tells of ports. */
interface Told {
  readonly uses: readonly Use[];
  readonly variables: readonly Variable[];
}

/** A line of a template that begins a branch: of EJS and ERB, of Jinja, of Handlebars, of Go. */
const BRANCH = /^[ \t]*(?:<%(?![=#])|\{%|\{\{[-~]?[ \t]*(?:#|(?:else|if|range)\b))/m;

/**
 * Without the ports that the file itself takes back: a variable that is given another one further down has that.
 * In a template nobody tells which of its branches counts, so there all ports of such a variable are left out.
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/#env-file-syntax
 */
export function inEffect(told: Told, text: string): Told {
  const last = new Map(told.variables.map(({ name, port }) => [name, port]));
  const overridden = told.variables.filter(({ name, port }) => last.get(name) !== port);
  if (overridden.length === 0) return told;
  const names = new Set(overridden.map(({ name }) => name));
  const without = BRANCH.test(text) ? told.variables.filter(({ name }) => names.has(name)) : overridden;
  const starts = new Set(without.map(({ span }) => span.start));
  return {
    uses: told.uses.filter(({ span }) => !starts.has(span.start)),
    variables: told.variables.filter(({ span }) => !starts.has(span.start)),
  };
}
