import { summaryOf, titleOf } from './markdown.ts';

/** The pages in the order in which somebody who is new here would read them. Others stand at the end. */
const chapters: readonly (readonly [heading: string, pages: readonly string[]])[] = [
  ['Begin', ['gallery', 'registry', 'configuration']],
  ['Work with it', ['move', 'editors', 'agents', 'at-scale']],
  ['Look it up', ['rules/README', 'readers/README', 'commands/README', 'settings/README', 'json', 'api']],
  ['Behind it', ['performance', 'reliability']],
];

/** The table of contents of the documentation. */
export function contents(pages: ReadonlyMap<string, string>): string {
  const known = new Set(chapters.flatMap(([, names]) => names.map((name) => `docs/${name}.md`)));
  const others = [...pages.keys()].filter((path) => /^docs\/[^/]+$/.test(path) && !known.has(path));
  const all = [...chapters, ['More', others.map((path) => path.slice('docs/'.length, -'.md'.length))] as const];
  const parts = all.map(([heading, names]) => {
    const lines = names.flatMap((name) => {
      const page = pages.get(`docs/${name}.md`);
      return page === undefined ? [] : [`- [${titleOf(page)}](${name}.md)${after(': ', summaryOf(page))}\n`];
    });
    return lines.length > 0 ? `\n## ${heading}\n\n${lines.join('')}` : '';
  });
  return `# Documentation

Portolan compares the ports in your files with the document that says who owns which port. The [README](../README.md) shows what that is good for, and how to get it.
${parts.join('')}`;
}

function after(separator: string, text: string): string {
  return text === '' ? '' : separator + text;
}
