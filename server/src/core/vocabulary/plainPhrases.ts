/** Where phrases have to stand: anywhere, at the beginning but for signs, or as the whole text. */
export type Place = 'any' | 'leading' | 'whole';

/** So many letters of a word make its key, five bits for each. */
const DEPTH = 6;

/** Of each ASCII letter and digit the bits by which it is told, and one more so that none is 0. */
const LETTERS = Uint8Array.from({ length: 128 }, (_, code) => (isWordCharacter(code) ? 32 | (code & 31) : 0));

const NONE = new Uint8Array(0);

/** A phrase in lower case, and whether longer words that begin with it count as well. */
interface Phrase {
  readonly letters: string;
  readonly open: boolean;
}

/**
 * Finds phrases of ASCII letters without a regular expression, which costs more to compile than most documents cost to
 * read. What hangs on other letters it leaves to one.
 */
export class PlainPhrases {
  readonly #place: Place;
  readonly #source: readonly string[];
  /** The phrases by the first letters of their first words. */
  #phrases: Map<number, Phrase[]> | undefined;
  /** Not 0 for the two letters with which one of these words begins. */
  #begun = NONE;
  /** Bits for the lengths at which these first letters are looked up within a word. */
  #lengths = 1 << DEPTH;

  constructor(source: readonly string[], place: Place) {
    this.#source = source;
    this.#place = place;
  }

  /** Whether a text has one of the phrases in its place; `undefined` when letters outside of ASCII may decide it. */
  standIn(text: string): boolean | undefined {
    this.#phrases ??= this.#byFirstWord();
    const begun = this.#begun;
    const lengths = this.#lengths;
    const isAnywhere = this.#place === 'any';
    let key = 0;
    let length = 0;
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 0;
      const letter = code < 128 ? LETTERS[code]! : 0;
      if (letter > 0) {
        if (++length <= DEPTH) key = (key << 5) | (letter & 31);
        if (length === 2 && begun[key] === 0) {
          // Most words are none of these, as their second letter tells.
          while (isWordCharacter(text.charCodeAt(i + 1))) i++;
          length = DEPTH + 1;
          continue;
        }
        if (((lengths >> length) & 1) === 0) continue;
      }
      if (letter > 0 || (length > 0 && length < DEPTH)) {
        const found = this.#foundAt(text, letter > 0 ? i + 1 - length : i - length, key);
        if (found !== false) return found;
        if (letter > 0) continue;
      }
      if (code > 127 && !isSign(text, i)) return undefined;
      if (!isAnywhere && (this.#place === 'whole' || length > 0)) return false;
      key = 0;
      length = 0;
    }
    return false;
  }

  #byFirstWord(): Map<number, Phrase[]> {
    const phrases = new Map<number, Phrase[]>();
    this.#begun = new Uint8Array(1 << 10);
    for (const phrase of this.#source) {
      if (!isAscii(phrase)) continue;
      const open = phrase.endsWith('*');
      const letters = (open ? phrase.slice(0, -1) : phrase).toLowerCase();
      const [word] = /^[a-z0-9]*/.exec(letters)!;
      let key = 0;
      for (let i = 0; i < Math.min(word.length, DEPTH); i++) {
        key = (key << 5) | (word.charCodeAt(i) & 31);
        if (i === 1) this.#begun[key] = 1;
      }
      if (open && word === letters && word.length < DEPTH) this.#lengths |= 1 << word.length;
      const others = phrases.get(key);
      if (others) others.push({ letters, open });
      else phrases.set(key, [{ letters, open }]);
    }
    return phrases;
  }

  #foundAt(text: string, start: number, key: number): boolean | undefined {
    const phrases = this.#phrases!.get(key);
    if (phrases === undefined) return false;
    for (const phrase of phrases) {
      const found = this.#matches(text, start, phrase);
      if (found !== false) return found;
    }
    return false;
  }

  #matches(text: string, start: number, { letters, open }: Phrase): boolean | undefined {
    let end = endOfPhrase(text, start, letters);
    if (end === undefined) return false;
    if (this.#place === 'whole' && start > 0) return false;
    if (open && this.#place === 'whole') while (isWordCharacter(text.charCodeAt(end))) end++;
    const next = text.charCodeAt(end);
    if (next > 127 && !isSign(text, end)) return undefined;
    if (!open && isWordCharacter(next)) return false;
    if (this.#place === 'whole') return end === text.length;
    return this.#place === 'any' || !isJoined(text, end);
  }
}

/** Where a phrase ends that begins at an offset; its spaces stand for any run of spaces, hyphens or underscores. */
function endOfPhrase(text: string, start: number, letters: string): number | undefined {
  let at = start;
  for (let i = 0; i < letters.length; i++) {
    if (letters[i] === ' ') {
      const before = at;
      while (at < text.length && /[\s_-]/.test(text[at]!)) at++;
      if (at === before) return undefined;
    } else if (text[at++]?.toLowerCase() !== letters[i]) return undefined;
  }
  return at;
}

/** `free-seats` is a name that begins with a word. */
function isJoined(text: string, at: number): boolean {
  return (text[at] === '-' || text[at] === '_') && /^\p{L}/u.test(text.slice(at + 1, at + 3));
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** An ASCII letter or digit. */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** The dashes, arrows, boxes and pictures that stand beside words, none of which is a letter or a digit. */
function isSign(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code >= 0xd83c && code <= 0xd83e) return isPicture(text.charCodeAt(at + 1));
  if (code >= 0xdc00 && code <= 0xdfff) return isPicture(code);
  return (
    (code >= 0x2010 && code <= 0x2060) ||
    (code >= 0x2190 && code <= 0x2426) ||
    (code >= 0x2500 && code <= 0x2775) ||
    (code >= 0x2794 && code <= 0x2bff) ||
    code === 0xfe0f ||
    code === 0xfeff
  );
}

/** By the second half of a character; among the pictures there are digits as well. */
function isPicture(low: number): boolean {
  return !(low >= 0xdd00 && low <= 0xdd0c) && !(low >= 0xdff0);
}
