/** The page of a rule, as it stands in the documentation. */
export async function rulePage(rule: string): Promise<string> {
  // The bundler takes in all files that this may name.
  const page = (await import(`../../../docs/rules/${rule}.md`)) as { readonly default: string };
  return page.default;
}
