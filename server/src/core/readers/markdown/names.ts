const PICTURES = /^[\p{Extended_Pictographic}\uFE0F\u200D\s]+|[\p{Extended_Pictographic}\uFE0F\u200D\s]+$/gu;

/** A name without pictures, quotes and signs around it; `undefined` when it has no letter or digit. */
export function nameOf(text: string): string | undefined {
  const name = text
    .replace(PICTURES, '')
    .replace(/^["'“”\s\-–—:|,;=→•]+|["'“”\s\-–—:|,;=→]+$/gu, '')
    .trim();
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined;
}
