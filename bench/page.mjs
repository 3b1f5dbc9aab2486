import { readFileSync, writeFileSync } from 'node:fs';

/** Puts a table between the marks `<!-- NAME -->` and `<!-- /NAME -->` of a page. */
export function writeInto(page, name, table) {
  const marks = new RegExp(`(<!-- ${name} -->\\n)[^]*(<!-- /${name} -->)`);
  const text = readFileSync(page, 'utf8');
  if (!marks.test(text)) throw new Error(`${page} has no <!-- ${name} --> … <!-- /${name} -->.`);
  const written = text.replace(marks, (_, before, after) => `${before}\n${table}\n\n${after}`);
  writeFileSync(page, written);
}
