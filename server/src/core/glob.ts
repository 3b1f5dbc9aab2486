/**
 * Whether a path matches one of the globs: `*` and `?` within a segment, `**` for any segments, `[a-z]`, `{a,b}`,
 * `@(a|b)` and `?(a|b)`, and `\` before what is to mean itself. Hidden files and folders match like all others. The time
 * it takes grows with the length of the path and of the globs alone, whatever they are. Costly to make: keep it.
 */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  const all = globs.flatMap((glob) => expanded(glob).map(patternOf));
  if (all.length === 0) return () => false;
  const patterns = all.map((pattern) => ({ needle: needleOf(pattern), pattern }));
  const mayMatch = anyOf(new Set(patterns.map(({ needle }) => needle)));
  return (path) => {
    if (mayMatch && !mayMatch.test(path)) return false;
    const segments = path.split('/');
    return patterns.some(({ needle, pattern }) => path.includes(needle) && matches(pattern, segments));
  };
}

/** Whether a path stands for several files. Parentheses alone stand in the names of many single ones. */
export function isGlob(path: string): boolean {
  return /(?<!\\)[*?[{]/.test(path);
}

/** The path that a glob for a single file means: the opposite of {@link escapeGlob}. */
export function plainPath(glob: string): string {
  return glob.replace(/\\(.)/g, '$1');
}

/** A text in which no character means anything to a glob. */
export function escapeGlob(text: string): string {
  return text.replace(/[\\!*?[\](){}+@|^$]/g, '\\$&');
}

/** How many globs one with alternatives may stand for. What stands for more matches nothing. */
const MOST = 1000;

/** A glob without alternatives for each way to choose among them. */
function expanded(glob: string): string[] {
  const done: string[] = [];
  for (let open = [glob]; open.length > 0; ) {
    const next: string[] = [];
    for (const one of open) {
      const found = alternativesIn(one);
      if (!found) done.push(one);
      else for (const choice of found.choices) next.push(found.before + choice + found.after);
      if (done.length + next.length > MOST) return [];
    }
    open = next;
  }
  return done;
}

interface Alternatives {
  readonly before: string;
  readonly choices: readonly string[];
  readonly after: string;
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '@(': ')', '?(': ')' };

/** The first alternatives in a glob that have none within them, so that inner ones are chosen from before outer ones. */
function alternativesIn(glob: string): Alternatives | undefined {
  if (!/[{(]/.test(glob)) return undefined;
  let opened: { at: number; inside: number; sign: string; separators: number[] } | undefined;
  for (let i = 0; i < glob.length; i++) {
    const sign = glob[i] === '{' ? '{' : glob.slice(i, i + 2);
    if (glob[i] === '\\') i++;
    else if (Object.hasOwn(CLOSING, sign)) {
      opened = { at: i, inside: i + sign.length, sign, separators: [] };
      i += sign.length - 1;
    } else if (opened && glob[i] === (opened.sign === '{' ? ',' : '|')) opened.separators.push(i);
    else if (opened && glob[i] === CLOSING[opened.sign]) {
      const { at, inside, separators } = opened;
      if (opened.sign !== '{' || separators.length > 0)
        return chosen(glob, at, [inside - 1, ...separators, i], opened.sign);
      opened = undefined;
    }
  }
  return undefined;
}

function chosen(glob: string, at: number, ends: readonly number[], sign: string): Alternatives {
  const choices = ends.slice(1).map((end, n) => glob.slice(ends[n]! + 1, end));
  const optional = sign === '?(' ? ['', ...choices] : choices;
  return { before: glob.slice(0, at), choices: optional, after: glob.slice(ends.at(-1)! + 1) };
}

/** What a character of a segment has to be: itself, or one of several; a star for any number of any. */
type Token = string | typeof STAR | ((character: string) => boolean);

const STAR = Symbol('*');

/** The tokens of each segment; `**` for any number of segments. */
type Pattern = readonly ('**' | readonly Token[])[];

function patternOf(glob: string): Pattern {
  // A slash in a class of characters parts segments, as it does elsewhere.
  const segments = glob.split('/');
  // To match several `**` in a row is to match one.
  return segments
    .filter((segment, n) => segment !== '**' || segments[n - 1] !== '**')
    .map((one) => (one === '**' ? one : tokensOf(one)));
}

function tokensOf(segment: string): Token[] {
  const tokens: Token[] = [];
  for (let i = 0; i < segment.length; i++) {
    const character = segment[i]!;
    const end = character === '[' ? segment.indexOf(']', i + 2) : -1;
    if (character === '*') {
      if (tokens.at(-1) !== STAR) tokens.push(STAR);
    } else if (character === '?') tokens.push(() => true);
    else if (end > 0) {
      tokens.push(classOf(segment.slice(i + 1, end)));
      i = end;
    } else {
      tokens.push(character === '\\' && i + 1 < segment.length ? segment[++i]! : character);
    }
  }
  // A star that stands alone is a name, and no name is empty.
  return segment === '*' ? [() => true, STAR] : tokens;
}

/** A class of characters, by what stands between its brackets: `a-z_`, or `!a-z` for all others. */
function classOf(text: string): (character: string) => boolean {
  const isNegated = text[0] === '!' || text[0] === '^';
  const ranges: [from: string, to: string][] = [];
  for (let i = isNegated ? 1 : 0; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) i++;
    const from = text[i]!;
    const isRange = text[i + 1] === '-' && i + 2 < text.length;
    ranges.push([from, isRange ? text[i + 2]! : from]);
    if (isRange) i += 2;
  }
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== isNegated;
}

/** The longest text that a path has to hold to match. What stands before the first wildcard most paths have. */
function needleOf(pattern: Pattern): string {
  const isPlain = (segment: Pattern[number]) => segment !== '**' && segment.every((token) => typeof token === 'string');
  const wild = pattern.findIndex((segment) => !isPlain(segment));
  const runs = pattern.slice(Math.max(0, wild)).flatMap((segment) => (segment === '**' ? [] : runsIn(segment)));
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest), '').slice(0, LONGEST);
}

function runsIn(tokens: readonly Token[]): string[] {
  return tokens
    .map((token) => (typeof token === 'string' ? token : '\n'))
    .join('')
    .split('\n');
}

const LONGEST = 50;

/** Tells by one look whether a path may match at all, for nearly none does; `undefined` where that cannot be told. */
function anyOf(needles: ReadonlySet<string>): RegExp | undefined {
  if (needles.size === 0 || needles.size > MOST || needles.has('')) return undefined;
  return new RegExp([...needles].map((needle) => needle.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'));
}

function matches(pattern: Pattern, segments: readonly string[]): boolean {
  return wildly(
    pattern.length,
    segments.length,
    (at) => pattern[at] === '**',
    (at, n) => matchesSegment(pattern[at] as readonly Token[], segments[n]!),
    // `a/**` means `a`, too; `a*/**` means what lies in folders alone, as it always has.
    (at) => pattern[at] === '**' && at === pattern.length - 1 && pattern[at - 1]?.at(-1) !== STAR,
  );
}

function matchesSegment(tokens: readonly Token[], text: string): boolean {
  return wildly(
    tokens.length,
    text.length,
    (at) => tokens[at] === STAR,
    (at, n) => {
      const token = tokens[at]!;
      return typeof token === 'function' ? token(text[n]!) : token === text[n];
    },
    (at) => tokens[at] === STAR,
  );
}

/**
 * Matches things with what they have to be, in which a wildcard stands for any number of them. Where something does not
 * match, the last wildcard takes one more; none before it has to, for what stands between them has matched as early as
 * it can.
 */
function wildly(
  length: number,
  count: number,
  isWild: (at: number) => boolean,
  fits: (at: number, n: number) => boolean,
  mayBeLeft: (at: number) => boolean,
): boolean {
  let [at, n] = [0, 0];
  let [wild, taken] = [-1, 0];
  while (n < count) {
    if (at < length && isWild(at)) [wild, taken, at] = [at, n, at + 1];
    else if (at < length && fits(at, n)) [at, n] = [at + 1, n + 1];
    else if (wild >= 0) [at, n, taken] = [wild + 1, taken + 1, taken + 1];
    else return false;
  }
  while (at < length && mayBeLeft(at)) at++;
  return at === length;
}
