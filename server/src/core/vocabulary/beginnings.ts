/** So many letters of a word are looked at. */
const DEPTH = 4;
const SIZE = 4096;
/** The letters so far begin a phrase, or are its whole first word. */
const BEGINS = 1;
const ENDS = 2;

/**
 * How phrases begin, each with a letter or digit, to tell at a glance that a text holds none of them. Letters outside of ASCII are left to those who
 * look closer: a text with one may hold any phrase.
 */
export class Beginnings {
  readonly #phrases: readonly string[];
  readonly #leads: boolean;
  #table: Uint8Array | undefined;

  /** @param leads whether only the first word of a text counts */
  constructor(phrases: readonly string[], leads: boolean) {
    this.#phrases = phrases;
    this.#leads = leads;
  }

  /** Whether some word of a text may begin a phrase. Never wrong when it says no. */
  mayStandIn(text: string): boolean {
    this.#table ??= tableOf(this.#phrases);
    const table = this.#table;
    let key = 0;
    let length = 0;
    for (let i = 0; i <= text.length; i++) {
      const code = i < text.length ? text.charCodeAt(i) : 0;
      if (isWordCharacter(code)) {
        if (length++ >= DEPTH) continue;
        key = keyOf(key, code);
        if ((table[key]! & BEGINS) !== 0) return true;
        continue;
      }
      if (code > 127 && !isSign(code)) return true;
      if (length === 0) continue;
      if (length < DEPTH && (table[key]! & ENDS) !== 0) return true;
      if (this.#leads) return false;
      key = 0;
      length = 0;
    }
    return false;
  }
}

function tableOf(phrases: readonly string[]): Uint8Array {
  const table = new Uint8Array(SIZE);
  for (const phrase of phrases) {
    const [word = ''] = /^[a-z0-9]*/i.exec(phrase)!;
    const next = phrase[word.length];
    // The text has to hold the letter that follows, and is looked at more closely for that.
    if (next !== undefined && next > '\u007F') continue;
    let key = 0;
    for (let i = 0; i < Math.min(word.length, DEPTH); i++) key = keyOf(key, word.charCodeAt(i));
    table[key]! |= next === '*' || word.length >= DEPTH ? BEGINS : ENDS;
  }
  return table;
}

/** Upper and lower case have the same key. */
function keyOf(before: number, code: number): number {
  return (before * 31 + (code | 32)) & (SIZE - 1);
}

/** An ASCII letter or digit. */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** The dashes, arrows, boxes and pictures that stand beside words, none of which is a letter or a digit. */
function isSign(code: number): boolean {
  if (code >= 0xd83c && code <= 0xdfff) return code <= 0xd83e || code >= 0xdc00;
  return (
    (code >= 0x2010 && code <= 0x2060) ||
    (code >= 0x2190 && code <= 0x2426) ||
    (code >= 0x2500 && code <= 0x2775) ||
    (code >= 0x2794 && code <= 0x2bff) ||
    code === 0xfe0f ||
    code === 0xfeff
  );
}
