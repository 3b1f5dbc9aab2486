import { styleText } from 'node:util';
import { slashes } from '../core/path.ts';
import { STANDARD_INPUT, textIn } from './input.ts';
import { printed } from './printed.ts';

/** What a command works with: where it runs and where it writes. */
export interface Terminal {
  /** The working directory, with `/`. */
  readonly cwd: string;
  /** All that is piped in. */
  input(): string;
  /** Results, for people and pipes. */
  out(text: string | Uint8Array): void;
  /** One sentence beside the results, such as what went wrong. */
  tell(sentence: string): void;
  readonly style: Style;
  /** Whether the user lets files be read from other machines. */
  readonly allowsRemote?: boolean;
}

type Look = Parameters<typeof styleText>[0];

/** Gives a text a look, or leaves it as it is where nobody could see it. */
export type Style = (look: Look, text: string) => string;

const plainStyle: Style = (_, text) => text;
const colourful: Style = (look, text) => styleText(look, text, { validateStream: false });

/** The terminal of this process. Readers that leave early end it without a word. */
export function processTerminal(): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode);
    fail(`The results could not be written: ${error.message}.`);
  });
  // There is nobody left to be told.
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? process.exitCode : 2),
  );
  return {
    cwd: workingDirectory(),
    input: () => textIn(STANDARD_INPUT, 'Standard input'),
    out: (text) => void process.stdout.write(text),
    tell,
    style: wantsColours(process.env, process.stdout.isTTY) ? colourful : plainStyle,
  };
}

function workingDirectory(): string {
  try {
    return slashes(process.cwd());
  } catch {
    return fail('The working directory is gone; change to a folder that exists.');
  }
}

function tell(sentence: string): void {
  process.stderr.write(`portolan: ${printed(sentence)}\n`);
}

function fail(sentence: string): never {
  tell(sentence);
  process.exit(2);
}

/** https://no-color.org and https://force-color.org; the latter wins, as in Node itself. */
function wantsColours(environment: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR) return false;
  return isTerminal && TERM !== 'dumb';
}
