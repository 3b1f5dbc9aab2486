import type { Use } from '../../facts.ts';
import { Expansion, mayExpandToPort, type Values } from '../../notation/interpolation.ts';
import { readCommand, readHealthcheck } from '../container/commands.ts';
import { readEnvironment, variableOf } from '../container/environment.ts';
import type { Findings, Owner } from '../container/findings.ts';
import { readRange, splitProtocol } from '../container/ports.ts';
import { type Instruction, unquoted, type Word, wordsOf } from './instructions.ts';

/** Longer values are not remembered: no port is that long, and variables made of each other grow without bounds. */
const MAX_VALUE = 256;

const NOTHING = Expansion.plain('', 0);

/** Nobody knows what the container is called that runs the image. */
const owner: Owner = { side: 'container' };

/** The instructions that are read. Most of a file copies and runs. */
export const READ: ReadonlySet<string> = new Set('FROM ARG ENV EXPOSE ENTRYPOINT CMD HEALTHCHECK'.split(' '));

/** What is in effect once an image is built. */
interface Image {
  readonly environment: Map<string, Expansion>;
  entrypoint?: Instruction | undefined;
  command?: Instruction | undefined;
  healthcheck?: Instruction;
}

/**
 * Reads what a container of an image does: the ports of `EXPOSE`, `ENV`, `ENTRYPOINT` with `CMD`, and `HEALTHCHECK`.
 * Takes all instructions from which the image is built, those of the stages below it first, and the arguments that
 * stand in front of the first stage.
 */
export function readImage(instructions: readonly Instruction[], globals: Values, findings: Findings): Use[] {
  const first = findings.uses.length;
  const { environment, entrypoint, command, healthcheck } = build(instructions, globals, findings);
  if (environment.size > 0) {
    const variables = [...environment].map(([key, value]) => variableOf(key, value));
    readEnvironment(findings, owner, variables);
  }
  if (entrypoint || command) readCommand(findings, owner, lineOf([entrypoint, command], environment, findings));
  const check = healthcheck && healthcheckOf(healthcheck);
  if (check) readHealthcheck(findings, owner, lineOf([check], environment, findings));
  return findings.uses.length === first ? [] : findings.uses.slice(first).filter(isOwn);
}

/** The command line of several parts. It is empty where no port can stand. */
function lineOf(parts: readonly (Instruction | undefined)[], environment: Values, findings: Findings): Expansion {
  // A program without a digit tells what the options behind it mean, so that all or nothing is read.
  if (!parts.some((part) => part && mayExpandToPort(part.text))) return NOTHING;
  return Expansion.join(parts.flatMap((part) => (part ? commandLine(part, environment, findings) : [])));
}

function build(instructions: readonly Instruction[], globals: Values, findings: Findings): Image {
  const image: Image = { environment: new Map() };
  let values = new Map<string, Expansion>();
  let hasCommand = false;
  for (const instruction of instructions) {
    switch (instruction.name) {
      case 'FROM':
        if (values.size > 0) values = new Map(image.environment);
        hasCommand = false;
        break;
      case 'ARG':
        for (const [key, value] of argumentsOf(instruction, values, globals, findings)) {
          if (!image.environment.has(key)) values.set(key, value);
        }
        break;
      case 'ENV':
        for (const [key, value] of variablesOf(instruction, values, findings)) {
          image.environment.set(key, value);
          values.set(key, value);
        }
        break;
      case 'EXPOSE':
        readExpose(findings, instruction, values);
        break;
      case 'ENTRYPOINT':
        // The entry point of a stage takes off the command that stands below it.
        image.entrypoint = instruction;
        if (!hasCommand) image.command = undefined;
        break;
      case 'CMD':
        image.command = instruction;
        hasCommand = true;
        break;
      case 'HEALTHCHECK':
        image.healthcheck = instruction;
        break;
    }
  }
  return image;
}

/** `ARG A=1 B`. Without a default it takes that of the argument in front of the first stage. */
export function argumentsOf(
  instruction: Instruction,
  values: Values,
  globals: Values,
  findings: Findings,
): Map<string, Expansion> {
  const found = new Map<string, Expansion>();
  for (const word of wordsOf(instruction)) {
    const equals = word.text.indexOf('=');
    const name = equals < 0 ? word.text : word.text.slice(0, equals);
    const value = equals < 0 ? globals.get(name) : valueIn(word, equals + 1, values, findings);
    if (value) found.set(name, value);
  }
  return found;
}

/** `ENV A=1 B=2`, and `ENV A the rest of the line`. https://docs.docker.com/reference/dockerfile/#env */
function variablesOf(instruction: Instruction, values: Values, findings: Findings): Map<string, Expansion> {
  const words = wordsOf(instruction);
  const [first, second] = words;
  const found = new Map<string, Expansion>();
  if (first && !first.text.includes('=')) {
    const from = second && second.start - instruction.start;
    const rest = second && { text: instruction.text.slice(from).trimEnd(), start: second.start };
    const value = rest && valueIn(rest, 0, values, findings);
    if (value) found.set(first.text, value);
    return found;
  }
  for (const word of words) {
    const equals = word.text.indexOf('=');
    const value = equals > 0 && valueIn(word, equals + 1, values, findings);
    if (value) found.set(word.text.slice(0, equals), value);
  }
  return found;
}

function valueIn(word: Word, from: number, values: Values, findings: Findings): Expansion | undefined {
  const written = { text: word.text.slice(from), start: word.start + from };
  const isLiteral = written.text.startsWith("'") && written.text.includes('$');
  if (isLiteral || written.text.length > MAX_VALUE) return undefined;
  const value = expandWord(unquoted(written), values, findings, false);
  return value.text === '' || value.text.length > MAX_VALUE ? undefined : value;
}

/** https://docs.docker.com/reference/dockerfile/#expose */
function readExpose(findings: Findings, instruction: Instruction, values: Values): void {
  for (const word of wordsOf(instruction)) {
    const text = expandWord(unquoted(word), values, findings, true);
    const { end, protocol } = splitProtocol(text.text);
    const use = protocol && findings.own(owner, 'exposed', readRange(findings, text, 0, end));
    if (use) use.protocol = protocol;
  }
}

/**
 * The words of the exec form, or the line of the shell form. Only the shell of the container puts values in, so only
 * variables of the environment count. https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
 */
function commandLine({ text, start }: Instruction, environment: Values, findings: Findings): Expansion[] {
  const texts = isExecForm(text)
    ? [...text.matchAll(/"((?:[^"\\]|\\.)*)"?/gs)].map((match) => ({ text: match[1]!, start: start + match.index + 1 }))
    : [{ text, start }];
  return texts.map((word) => expandWord(word, environment, findings, false));
}

function isExecForm(text: string): boolean {
  if (!text.trimStart().startsWith('[')) return false;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === 'string');
  } catch {
    return false;
  }
}

/** What follows the options and `CMD`. `NONE` takes the check of a base off. */
function healthcheckOf(instruction: Instruction): Instruction | undefined {
  const command = wordsOf(instruction).find(({ text }) => !text.startsWith('--'));
  if (command?.text.toUpperCase() !== 'CMD') return undefined;
  const start = command.start + command.text.length;
  return { ...instruction, text: instruction.text.slice(start - instruction.start), start };
}

function expandWord({ text, start }: Word, values: Values, findings: Findings, expectsPort: boolean): Expansion {
  return findings.expand({ source: text, span: { start, end: start + text.length } }, expectsPort, values);
}

/**
 * References to other services are left out: an image may run anywhere. So are numbers that variables put together of
 * several pieces, which stand nowhere.
 */
function isOwn({ side, service, port, endPort, span }: Use): boolean {
  const digits = endPort === undefined ? `${port}` : `${port}-${endPort}`;
  return side === 'container' && service === undefined && (port === null || span.end - span.start === digits.length);
}
