import { parseArgs } from 'node:util';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** 0: clean, or found. 1: findings, or not found. 2: the command could not do its work. */
export type ExitCode = 0 | 1 | 2;

interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  /** Whether it may be given more than once. */
  readonly multiple?: boolean;
  /** What its value is called in the help. */
  readonly value?: string;
  /** What its value can be, where that is fixed. */
  readonly choices?: readonly string[];
  readonly help: string;
}

/** A command line as somebody may want it. */
export interface Example {
  readonly line: string;
  /** What it does, as one sentence. */
  readonly says: string;
  /** The documentation shows what it prints in the project's example. */
  readonly isShown?: true;
}

export interface Command {
  readonly name: string;
  /** What comes after the options, as the help writes it. */
  readonly takes: string;
  readonly does: string;
  /** Further lines of help. */
  readonly details?: string;
  readonly examples?: readonly Example[];
  readonly options: Readonly<Record<string, Option>>;
  run(given: Arguments, terminal: Terminal): Promise<ExitCode>;
}

/** What was given to a command. */
export class Arguments {
  readonly positionals: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(positionals: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.positionals = positionals;
    this.#values = values;
  }

  /**
   * The one thing that is named, if any is.
   * @throws {UsageError} when there are more
   */
  single(what: string): string | undefined {
    const [first, ...others] = this.positionals;
    if (others.length > 0) throw new UsageError(`Name one ${what} only; leave ${others.join(' ')} off.`);
    return first;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** All values of an option. */
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The value of an option. The last one counts. */
  value(name: string): string | undefined {
    return this.all(name).at(-1);
  }

  /** The format that is asked for by the option `--format`; the first if none is. */
  format<T>(formats: Readonly<Record<string, T>>): T {
    const names = Object.keys(formats);
    const name = this.value('format') ?? names[0]!;
    if (!names.includes(name)) throw new UsageError(`--format ${name} is not known; use ${anyOf(names)}.`);
    return formats[name]!;
  }
}

/** The option `--format`, with the names of the formats to choose from. Without it the first is taken. */
export function formatOption(formats: Readonly<Record<string, unknown>>, help: string): Option {
  const choices = Object.keys(formats);
  const byDefault = choices.length > 1 ? `; ${choices[0]} if not given` : '';
  return { type: 'string', short: 'f', value: 'NAME', choices, help: `${help}: ${anyOf(choices)}${byDefault}.` };
}

/** Every command has it. */
export const help: Option = { type: 'boolean', short: 'h', help: 'Show this help.' };

/** Commands that read a workspace have them. */
export const reading = {
  'allow-remote': {
    type: 'boolean',
    help: 'Read what portolan.yaml names by URL, from its copy or over the network.',
  },
} as const satisfies Readonly<Record<string, Option>>;

/** Takes a command line apart, or says what is wrong with it. */
export function parseCommandLine(args: readonly string[], command: Command): Arguments {
  const options: Record<string, Option> = { ...command.options, help };
  // Not strict, because the messages of Node speak of more than the one thing that is wrong.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw new UsageError(`portolan ${command.name} has no option ${token.rawName}; ${has(options)}.`);
    values.set(token.name, [...(values.get(token.name) ?? []), givenTo(token, option)]);
  }
  return new Arguments(positionals, values);
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function givenTo({ rawName, value, inlineValue }: OptionToken, option: Option): string {
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value; leave =${value} off.`);
    return '';
  }
  const isMissing = !value || (!inlineValue && value.startsWith('-') && value !== '-');
  if (isMissing) throw new UsageError(`${rawName} needs a value: ${rawName} ${option.value}.`);
  return value;
}

function has(options: Readonly<Record<string, Option>>): string {
  return `it has ${Object.keys(options)
    .map((name) => '--' + name)
    .join(', ')}`;
}

/** `a, b or c` */
export function anyOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** The help of one command. */
export function helpFor(command: Command): string {
  const options = Object.entries({ ...command.options, help }).map(([name, option]) => [
    (option.short ? '' : '    ') + optionNames(name, option),
    option.help,
  ]);
  const details = command.details ? `\n${command.details}\n` : '';
  const examples = (command.examples ?? []).map(({ line, says }) => `  ${says}\n    ${line}\n`);
  const shown = examples.length > 0 ? `\nExamples:\n${examples.join('')}` : '';
  return `portolan ${command.name} ${command.takes}\n\n${command.does}\n${details}\n${columns(options)}${shown}`;
}

/** An option as it is written, in short and in long. */
export function optionNames(name: string, { short, value }: Option): string {
  return `${short ? `-${short}, ` : ''}--${name}${value ? ' ' + value : ''}`;
}

/** Rows of a left and a right column. Further lines of a right cell stand below its first. */
export function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left = '']) => left.length));
  return rows
    .map(
      ([left = '', right = '']) => `  ${left.padEnd(width)}  ${right.replaceAll('\n', `\n  ${' '.repeat(width)}  `)}\n`,
    )
    .join('');
}
