import type { Dice } from './dice.ts';
import { isCursor } from './positions.ts';

/** What somebody types: a stretch of a text and what comes in its place. */
export interface Stroke {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** What people type and paste, and what their tools leave behind. */
const pieces = [
  ...['9', '0', '-', ':', '"', "'", '|', '#', '{', '}', ';', '$', '=', '\t', '  ', '\\', '`', '<!--', '```\n'],
  ...['\n', '\r\n', '\r', '\n\n', '\u2028', '\u2029', '\u0085', '\u00a0', '\ufeff', '\u0000'],
  ...['🚢', '⚓️', 'é', 'e\u0301', '港', 'مرفأ', '👩‍✈️'],
  ...['9006', '"9010:3000"', '${BUOY_PORT:-9021}', '9020-9029', 'lantern', ' # portolan-ignore-line', '70000'],
];

const ports = ['9001', '9002', '9003', '9004', '9005', '9011', '9021', '9022', '80', '5432', '0', '65536'];

type Way = (text: string, dice: Dice) => Stroke;

/** Ways to change a text, those that people take often more than once. */
const ways: readonly Way[] = [
  anotherPort,
  anotherPort,
  anotherPort,
  anotherWord,
  anotherWord,
  (text, dice) => ({ ...stretch(text, dice, 0), newText: dice.one(pieces) }),
  (text, dice) => ({ ...stretch(text, dice, 0), newText: dice.one(pieces) }),
  (text, dice) => ({ ...stretch(text, dice, 3), newText: '' }),
  (text, dice) => ({ ...stretch(text, dice, 12), newText: dice.one(pieces) }),
  (text, dice) => ({ ...stretch(text, dice, 0), newText: copied(text, dice) }),
  (text, dice) => ({ ...lineOf(text, dice), newText: '' }),
  (text, dice) => twice(text, lineOf(text, dice)),
  (text, dice) => ({ ...stretch(text, dice, 200), newText: '' }),
  otherLineEnds,
];

/** One random change of a text, such as somebody makes who works on it. */
export function stroke(text: string, dice: Dice): Stroke {
  return fitted(text, dice.one(ways)(text, dice));
}

/** The same change from one place for a cursor to another. */
function fitted(text: string, { start, end, newText }: Stroke): Stroke {
  const from = isCursor(text, start) ? start : start - 1;
  const to = isCursor(text, end) ? end : end + 1;
  return {
    start: from,
    end: to,
    newText: (text.slice(from, start) + newText + text.slice(end, to)).replace(/\p{Surrogate}/gu, '\ufffd'),
  };
}

export function typed(text: string, { start, end, newText }: Stroke): string {
  return text.slice(0, start) + newText + text.slice(end);
}

/** What takes a stroke back. */
export function undone(text: string, done: Stroke): Stroke {
  const { start, end, newText } = done;
  return fitted(typed(text, done), { start, end: start + newText.length, newText: text.slice(start, end) });
}

function anotherPort(text: string, dice: Dice): Stroke {
  return { ...matchOf(/\d+/g, text, dice), newText: dice.one(ports) };
}

function anotherWord(text: string, dice: Dice): Stroke {
  const word = /[a-z][\w-]+/gi;
  const { start, end } = matchOf(word, text, dice);
  const other = matchOf(word, text, dice);
  return { start, end, newText: text.slice(other.start, other.end) };
}

function matchOf(pattern: RegExp, text: string, dice: Dice): { start: number; end: number } {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return stretch(text, dice, 0);
  const { index, 0: match } = dice.one(found);
  return { start: index, end: index + match.length };
}

function stretch(text: string, dice: Dice, longest: number): { start: number; end: number } {
  const start = dice.below(text.length + 1);
  return { start, end: Math.min(text.length, start + dice.below(longest + 1)) };
}

function copied(text: string, dice: Dice): string {
  const from = stretch(text, dice, 120);
  return text.slice(from.start, from.end);
}

function lineOf(text: string, dice: Dice): { start: number; end: number } {
  const at = dice.below(text.length + 1);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const next = text.indexOf('\n', at);
  return { start: Math.min(start, text.length), end: next < 0 ? text.length : next + 1 };
}

function twice(text: string, { start, end }: { start: number; end: number }): Stroke {
  return { start: end, end, newText: text.slice(start, end) };
}

function otherLineEnds(text: string, dice: Dice): Stroke {
  const lineEnd = dice.one(['\n', '\r\n', '\r']);
  const at = dice.chance(0.5) ? { start: 0, end: text.length } : lineOf(text, dice);
  return { ...at, newText: text.slice(at.start, at.end).replace(/\r\n|\r|\n/g, lineEnd) };
}
