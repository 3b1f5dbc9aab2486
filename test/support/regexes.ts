import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type AST, parseRegExpLiteral, visitRegExpAST } from '@eslint-community/regexpp';
import ts from 'typescript';
import { times } from './effort.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A regular expression of the product and where it is written. */
export interface Written {
  readonly place: string;
  readonly regex: RegExp;
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(root + folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
}

/** All that are written as literals. */
export function literals(): Written[] {
  return ['server/src', 'client/src'].flatMap(sourcesIn).flatMap((path) => {
    const found: Written[] = [];
    const source = ts.createSourceFile(path, readFileSync(root + path, 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        const line = source.getLineAndCharacterOfPosition(node.end).line + 1;
        found.push({ place: `${path}:${line}`, regex: new RegExp(node.text.slice(1, end), node.text.slice(end + 1)) });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

/** All that the modules of the core put together when they are loaded. */
export async function composed(): Promise<Written[]> {
  const found: Written[] = [];
  const Native = RegExp;
  globalThis.RegExp = new Proxy(Native, {
    construct(target, given) {
      const regex: RegExp = Reflect.construct(target, given);
      const callers = new Error().stack?.split('\n').slice(2) ?? [];
      const [caller] = callers.filter((line) => !line.includes('vocabulary/phrases'));
      const place = /server\/src\/core\/.*(?=:\d+\)?$)/.exec(caller ?? '')?.[0];
      if (place !== undefined) found.push({ place, regex });
      return regex;
    },
  });
  try {
    for (const path of sourcesIn('server/src/core')) await import(pathToFileURL(root + path).href);
  } finally {
    globalThis.RegExp = Native;
  }
  return found;
}

/** Longer than any text on which a person waits for a single match. */
export const LENGTH = times(20_000, 100_000);
/** Of lists of hundreds of words not each is tried. */
const MOST_PIECES = 30;

/**
 * Texts that are likely to keep a regular expression busy: its beginning, then one of its pieces over and over, then
 * something that never matches.
 */
export function* attacksOn(regex: RegExp): Generator<string> {
  const pieces = piecesOf(regex).slice(0, MOST_PIECES);
  const pumps = new Set([...pieces, ...pieces.slice(1).map((piece, i) => pieces[i] + piece)]);
  for (const pump of pumps) {
    const pumped = pump.repeat(LENGTH / pump.length);
    yield `${pumped}\0`;
    yield `${pieces[0]}${pumped}\0\n`;
  }
}

/** A sample of each word, class and set in the order in which they stand. */
function piecesOf(regex: RegExp): string[] {
  const pieces: string[] = [];
  let last: AST.Node | null = null;
  visitRegExpAST(parseRegExpLiteral(regex), {
    onCharacterEnter(node) {
      if (node.parent.type === 'CharacterClass' || node.parent.type === 'CharacterClassRange') return;
      const char = String.fromCodePoint(node.value);
      if (last?.type === 'Character' && last.end === node.start) pieces.push(pieces.pop() + char);
      else pieces.push(char);
      last = node;
    },
    onCharacterClassEnter: (node) => void pieces.push(sampleOf(node.raw, regex.flags)),
    onCharacterSetEnter: (node) => void pieces.push(sampleOf(node.raw, regex.flags)),
  });
  return [...new Set(pieces)].filter((piece) => piece !== '');
}

function sampleOf(set: string, flags: string): string {
  const one = new RegExp(`^${set}$`, flags.replace(/[gy]/g, ''));
  return [...'a8 -_./:;,#"\'(<[{=\t\n\r中A'].find((char) => one.test(char)) ?? '';
}
