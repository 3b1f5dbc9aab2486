/** The address of the page on a rule. */
export function rulePageUrl(rule: string): string {
  return `https://github.com/portolan-dev/portolan/blob/main/docs/rules/${rule}.md`;
}
