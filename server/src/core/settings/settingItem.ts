/** The keys that lead to a value. */
export type Path = readonly (string | number)[];

/** Something wrong with a value, in one sentence that says what would be right. */
export interface Complaint {
  readonly path: Path;
  readonly message: string;
  /** It is the key that is wrong, not the value. */
  readonly ofKey?: true;
}

/** A value and the keys that lead to it. */
export class Item {
  readonly value: unknown;
  readonly #path: Path;
  readonly #complaints: Complaint[];

  constructor(value: unknown, path: Path, complaints: Complaint[]) {
    this.value = value;
    this.#path = path;
    this.#complaints = complaints;
  }

  /** Says what would be right here. Gives `undefined`, for what cannot be used. */
  expect(what: string): undefined {
    const name = this.#path.map((step) => (typeof step === 'number' ? `[${step}]` : '.' + step)).join('');
    const message = name === '' ? `The settings must be ${what}.` : `\`${name.slice(1)}\` must be ${what}.`;
    this.#complaints.push({ path: this.#path, message });
  }

  /** The text, without blanks around it. */
  string(what: string): string | undefined {
    return typeof this.value === 'string' && this.value.trim() !== '' ? this.value.trim() : this.expect(what);
  }

  /** A text that is taken for a glob. */
  glob(what: string): string | undefined {
    const text = this.string(what);
    return text !== undefined && /(?<!\\)[+*!]\(/.test(text) ? this.expect('a glob without +( ), *( ) and !( )') : text;
  }

  list(what: string): Item[] {
    if (!Array.isArray(this.value)) return this.expect(what) ?? [];
    return this.value.map((value, index) => this.#child(value, index));
  }

  strings(what: string, each: string): string[] {
    return present(this.list(what).map((item) => item.string(each)));
  }

  globs(what: string, each: string): string[] {
    return present(this.list(what).map((item) => item.glob(each)));
  }

  /** The entries that say something; `key:` with nothing behind it does not. */
  entries(what: string): [key: string, item: Item][] {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) {
      return this.expect(what) ?? [];
    }
    return Object.entries(this.value)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key, this.#child(value, key)]);
  }

  /** The entries as a record of what `read` makes of them. */
  record<T>(what: string, read: (item: Item, key: string) => T | undefined): Record<string, T> {
    const entries = this.entries(what).map(([key, item]) => [key, read(item, key)] as const);
    return Object.fromEntries(entries.filter((entry): entry is readonly [string, T] => entry[1] !== undefined));
  }

  unknown(kind: string, known: readonly string[]): undefined {
    const message = `There is no ${kind} \`${this.#path.at(-1)}\`; there are ${known.join(', ')}.`;
    this.#complaints.push({ path: this.#path, message, ofKey: true });
  }

  #child(value: unknown, step: string | number): Item {
    return new Item(value, [...this.#path, step], this.#complaints);
  }
}

/** The values that are there. */
export function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
