import type { Rule } from '../../server/src/core/rule.ts';
import { rules } from '../../server/src/core/rules/index.ts';
import { listed, table, withParagraph } from './markdown.ts';

/**
 * The pages of the rules. They are written by hand, and their examples run as tests; made from the rule itself is the
 * paragraph that tells its level.
 */
export function rulePages(written: (path: string) => string | undefined): [path: string, page: string][] {
  return rules.map((rule) => {
    const path = `docs/rules/${rule.id}.md`;
    const page = written(path) ?? `# ${rule.id}\n\n${sentence(rule.finds)}\n`;
    return [path, withParagraph(page, 'Level: ', factsOf(rule))];
  });
}

function factsOf({ level, in: kinds, needsAll }: Rule): string {
  const where = kinds ? `${listed(kinds)} files` : 'files of every kind';
  const condition = needsAll ? ' Reported once all files have been read.' : '';
  return `${level}. Looked for in ${where}.${condition}`;
}

export function ruleIndex(): string {
  const rows = rules.map(({ id, level, finds }) => [`[${id}](${id}.md)`, level, finds]);
  return `# Rules

What Portolan finds, and how severe it is unless you [set another level](../settings/rules.md). \`portolan check --explain RULE\` prints the page of a rule.

${table(['rule', 'level', 'finds'], rows)}
A finding that is meant to be can be [ignored](../configuration.md#ignoring-a-finding).
`;
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
