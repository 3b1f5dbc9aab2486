/**
 * Has the strings in what was read of a text stand on their own. A part of a text keeps the whole text in memory, as V8
 * cuts strings: by reference, from 13 characters on. A string that has been the key of an object is one of its own.
 */
export function detach(read: object): void {
  const keys: Record<string, true> = Object.create(null);
  const rest: object[] = [read];
  // A list also walks what is added meanwhile.
  for (const one of rest) {
    for (const value of Object.values(one)) {
      if (typeof value === 'string') {
        if (value.length >= SHORTEST) keys[value] = true;
      } else if (typeof value === 'object' && value !== null) rest.push(value);
    }
  }
}

/** https://github.com/v8/v8/blob/main/src/objects/string.h, `SlicedString::kMinLength` */
const SHORTEST = 13;
