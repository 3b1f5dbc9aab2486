import { readFileSync } from 'node:fs';

/**
 * The code blocks of a language in a section of a page in `docs/`, its subsections aside.
 * @param heading as it stands behind the `#`
 */
export function documented(page: string, heading: string, language: string): string[] {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const sections = text.split(/^(?=#+ )/m).filter((section) => /^#+ (.*)/.exec(section)?.[1] === heading);
  if (sections.length !== 1) throw new Error(`docs/${page} has ${sections.length} sections "${heading}".`);
  return [...sections[0]!.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, kind, code]) =>
    kind === language ? [code!] : [],
  );
}
