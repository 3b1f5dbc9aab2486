/** Pieces of markdown pages. */

/** A table of cells that hold markdown of one line. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |\n`;
  return line(header) + `|${header.map(() => '---|').join('')}\n` + rows.map(line).join('');
}

function cell(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('|', '\\|');
}

/** A block of code, or of what a program prints. */
export function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.endsWith('\n') ? text : text + '\n'}\`\`\`\n`;
}

export function code(text: string): string {
  return '`' + text + '`';
}

/** `a`, `a and b`, `a, b and c` */
export function listed(items: readonly string[], last = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** What the first heading says. */
export function titleOf(page: string): string {
  return /^# (.*)$/m.exec(page)?.[1] ?? '';
}

/** The first sentence between the title and the next heading, without links. */
export function summaryOf(page: string): string {
  const [introduction = ''] = page.split(/^# .*\n/m)[1]?.split(/^#/m) ?? [];
  const paragraph = introduction.split('\n\n').find((block) => /^[^<|!\n]/.test(block.trimStart())) ?? '';
  const text = paragraph.trim().replaceAll('\n', ' ');
  return (/^.*?\.(?= |$)/.exec(text)?.[0] ?? text).replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}

/** Replaces the paragraph that begins with these words. A page without it gets it below its first paragraph. */
export function withParagraph(page: string, beginning: string, paragraph: string): string {
  const text = `${beginning}${paragraph}`;
  const at = page.indexOf(`\n\n${beginning}`);
  if (at >= 0) {
    const end = page.indexOf('\n\n', at + 2);
    return `${page.slice(0, at + 2)}${text}${end < 0 ? '\n' : page.slice(end)}`;
  }
  const [title = '', first = '', ...others] = page.trimEnd().split('\n\n');
  return `${[title, first, text, ...others].join('\n\n')}\n`;
}
