import { ownCopy } from './text.ts';

/** So many texts are remembered, and none that is longer. */
const MOST = 500;
const LONGEST = 60;

/**
 * A function of texts that often come again, as keys, headers and status words do: it remembers what it made of the last
 * few. What it gives must not be changed.
 */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>();
  return (text) => {
    if (text.length > LONGEST) return of(text);
    const found = known.get(text);
    if (found) return found.value;
    const own = ownCopy(text);
    const value = of(own);
    if (known.size === MOST) known.clear();
    known.set(own, { value });
    return value;
  };
}
