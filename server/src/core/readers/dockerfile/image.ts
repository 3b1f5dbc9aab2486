import type { Use } from '../../facts.ts';
import { Expansion, mayExpandToPort, type Values } from '../../interpolation.ts';
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
  const { environment, entrypoint, command, healthcheck } = build(instructions, globals, findings);
  const variables = [...environment].map(([key, value]) => variableOf(key, value));
  readEnvironment(findings, owner, variables);
  const line = (...parts: readonly (Instruction | undefined)[]) =>
    // A program without a digit tells what the options behind it mean, so that all or nothing is read.
    parts.some((part) => part && mayExpandToPort(part.text))
      ? Expansion.join(parts.flatMap((part) => (part ? commandLine(part, environment, findings) : [])))
      : NOTHING;
  readCommand(findings, owner, line(entrypoint, command));
  readHealthcheck(findings, owner, line(healthcheck && healthcheckOf(healthcheck)));
  return findings.uses.filter(isOwn);
}

function build(instructions: readonly Instruction[], globals: Values, findings: Findings): Image {
  const image: Image = { environment: new Map() };
  let values = new Map<string, Expansion>();
  let hasCommand = false;
  const steps: Readonly<Record<string, (instruction: Instruction) => void>> = {
    FROM: () => {
      values = new Map(image.environment);
      hasCommand = false;
    },
    ARG: (instruction) => {
      for (const [key, value] of argumentsOf(instruction, values, globals, findings)) {
        if (!image.environment.has(key)) values.set(key, value);
      }
    },
    ENV: (instruction) => {
      for (const [key, value] of variablesOf(instruction, values, findings)) {
        image.environment.set(key, value);
        values.set(key, value);
      }
    },
    EXPOSE: (instruction) => readExpose(findings, instruction, values),
    // The entry point of a stage takes off the command that stands below it.
    ENTRYPOINT: (instruction) => {
      image.entrypoint = instruction;
      if (!hasCommand) image.command = undefined;
    },
    CMD: (instruction) => {
      image.command = instruction;
      hasCommand = true;
    },
    HEALTHCHECK: (instruction) => {
      image.healthcheck = instruction;
    },
  };
  for (const instruction of instructions) {
    if (Object.hasOwn(steps, instruction.name)) steps[instruction.name]!(instruction);
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
    if (protocol) findings.own(owner, 'exposed', readRange(findings, text, 0, end), { protocol });
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
