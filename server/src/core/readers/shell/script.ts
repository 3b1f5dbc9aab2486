import { findUrls, hostKind } from '../../notation/hostPort.ts';
import { mayHoldPort } from '../../notation/interpolation.ts';
import { ownCopy } from '../../text.ts';
import { readShort } from '../compose/ports.ts';
import { readCommand } from '../container/commands.ts';
import { readEnvironment, type Variable, variableOf } from '../container/environment.ts';
import type { Findings, Owner, PlacedText } from '../container/findings.ts';

/** Between one command and the next. */
const SEPARATORS = /&&|\|\|?|;|(?<!>)&(?!>)|[\r\n]+/g;
const IN_THE_BACKGROUND = /(?<![>&])&(?![&>])/;
/** Programs that start several others at once. */
const AT_ONCE = /(?:^|[\s/"'])(?:concurrently|npm-run-all2?|run-p|wireit|foreman|honcho|overmind|pm2)(?=[\s"'])/;

/** Programs after which all else happens in another folder. */
const AWAY = new Set(['cd', 'pushd', 'chdir']);
/** Programs that start others, but not here. */
const ELSEWHERE = new Set(
  'nx turbo lerna rush moon wsrun make docker docker-compose podman nerdctl kubectl helm ssh'.split(' '),
);
/** Options by which package managers run the script of another package. */
const OTHER_PACKAGE = /^(?:--prefix|--cwd|--dir|-C|--filter|-F|--workspaces?|-w|--scope)(?:=|$)/;

/** Programs that are the service itself when they listen, and not a tool beside it. */
const SERVERS = new Set(
  `next nuxt nuxi vite astro remix remix-serve react-router ng react-scripts vue-cli-service gatsby svelte-kit rsbuild
  parcel webpack webpack-dev-server craco umi node nodemon ts-node ts-node-dev tsx bun deno nest fastify strapi medusa
  directus wrangler serve http-server vinxi gunicorn uvicorn hypercorn daphne flask fastapi granian rails puma rackup
  php dotnet java go cargo air mix streamlit python python3 manage.py artisan`.split(/\s+/),
);

const RUNNERS = new Set(['docker', 'podman', 'nerdctl']);
/** Programs that run another one with variables set. */
const WRAPPERS = new Set(['cross-env', 'cross-env-shell', 'env', 'export', 'set', 'npx', 'sudo', 'exec']);
const ASSIGNMENT = /^([A-Za-z_]\w*)=/;

/**
 * Reads what somebody tells a shell to run: options and variables by which programs are told where to listen, URLs, and
 * what `docker run` publishes. A port is given to the owner only where no other program can be meant.
 * @param isAll the owner is whatever the script starts
 */
export function readScript(findings: Findings, owner: Owner, script: PlacedText, isAll = false): void {
  if (!mayHoldPort(script.source)) return;
  const nobody: Owner = { side: owner.side };
  let isHere = !AT_ONCE.test(script.source) && !IN_THE_BACKGROUND.test(script.source);
  for (const command of commandsIn(script)) {
    const words = wordsOf(command);
    const programs = words.map(({ source }) => source.slice(source.lastIndexOf('/') + 1));
    const isAny = (names: ReadonlySet<string>) => programs.some((name) => names.has(name));
    if (isAny(AWAY)) isHere = false;
    const run = programs.findIndex((name, i) => name === 'run' && RUNNERS.has(programs[i - 1] ?? ''));
    if (run >= 0) readRun(findings, words.slice(run + 1), isAll ? owner.name : undefined);
    if (isAny(RUNNERS)) continue;
    const isOther = isAny(ELSEWHERE) || words.some(({ source }) => OTHER_PACKAGE.test(source));
    const whose = isAll || (isHere && !isOther && isAny(SERVERS)) ? owner : nobody;
    const { variables, end } = assignmentsIn(findings, words, command);
    readEnvironment(findings, whose, variables);
    const text = findings.expand(behind(command, end), false);
    readCommand(findings, whose, text);
    for (const address of findUrls(text.text)) {
      if (hostKind(address.host) === 'loopback') findings.reference(whose, 'url', address, text);
    }
  }
}

function commandsIn({ source, span }: PlacedText): PlacedText[] {
  const commands: PlacedText[] = [];
  const add = (from: number, to: number) =>
    commands.push({ source: source.slice(from, to), span: { start: span.start + from, end: span.start + to } });
  let from = 0;
  for (const match of source.matchAll(SEPARATORS)) {
    add(from, match.index);
    from = match.index + match[0].length;
  }
  add(from, source.length);
  return commands;
}

/** The words of a command; quotes are blanks. */
function wordsOf({ source, span }: PlacedText): PlacedText[] {
  return [...source.matchAll(/[^\s"'`]+/g)].map(({ 0: word, index }) => {
    const start = span.start + index;
    return { source: word, span: { start, end: start + word.length } };
  });
}

/**
 * The variables that are set in front of a program, as in `PORT=3001 node …` and `cross-env PORT=3001 next`, and where in
 * the command they end.
 */
function assignmentsIn(findings: Findings, words: readonly PlacedText[], { source, span }: PlacedText) {
  const variables: Variable[] = [];
  let end = 0;
  for (let i = 0; i < words.length; i++) {
    let value = words[i]!;
    const name = ASSIGNMENT.exec(value.source)?.[1];
    if (name === undefined && !WRAPPERS.has(value.source)) break;
    if (name !== undefined) {
      const next = words[i + 1];
      const between = next && source.slice(value.span.end - span.start, next.span.start - span.start);
      const isQuoted = value.source.length === name.length + 1 && /^ ?["']$/.test(between ?? '');
      value = isQuoted ? words[++i]! : behind(value, name.length + 1);
      variables.push(variableOf(name, findings.expand(value, false)));
    }
    end = value.span.end - span.start;
  }
  return { variables, end };
}

/** What is left of a text from an offset on. */
function behind({ source, span }: PlacedText, from: number): PlacedText {
  return { source: source.slice(from), span: { start: span.start + from, end: span.end } };
}

/**
 * What `docker run` publishes. https://docs.docker.com/reference/cli/docker/container/run/#publish
 * @param service whose container it is, where that is known by another name
 */
export function readRun(findings: Findings, words: readonly PlacedText[], service?: string): void {
  const values = (long: string, short?: string) =>
    words.flatMap((word, i) => {
      const before = words[i - 1]?.source;
      if (before === long || (short !== undefined && before === short)) return [word];
      return word.source.startsWith(`${long}=`) ? [behind(word, long.length + 1)] : [];
    });
  const name = values('--name').find(({ source }) => /^[\w.-]+$/.test(source));
  const known = service ?? (name && ownCopy(name.source));
  const owner: Owner = { side: 'container', ...(known !== undefined && { name: known }) };
  for (const published of values('--publish', '-p')) {
    // Behind the image, `-p 80` is an option of the program in the container.
    if (published.source.includes(':')) readShort(findings, owner, findings.expand(published, true));
  }
}
