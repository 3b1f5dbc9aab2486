import { Recent } from './recent.ts';

/** So many texts are remembered, and none that is longer. */
const MOST = 500;
const LONGEST = 60;

/**
 * A function of texts that often come again, as keys, headers and status words do: it remembers what it made of the last
 * few. What it gives must not be changed.
 */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Recent<{ readonly value: T }>(MOST);
  return (text) => (text.length > LONGEST ? of(text) : known.kept(text, (own) => ({ value: of(own) })).value);
}
