import { type Diagnostic, languages, Range, type TextDocument, Uri, workspace } from 'vscode';

/** What the tests inside a window see of the findings. They wait for a condition, never for a time. */

const patience = 15_000;

/** A file of the first (or another) folder of the workspace. */
export function file(path: string, folder = 0): Uri {
  return Uri.joinPath(workspace.workspaceFolders![folder]!.uri, path);
}

/** Where a text stands first in a document. */
export function rangeOf(document: TextDocument, text: string): Range {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`No ${JSON.stringify(text)} in ${document.uri.path}`);
  return new Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** The finding of a rule in a file, as soon as there is one. */
export function finding(uri: Uri, rule: string): Promise<Diagnostic> {
  return eventually(uri, `a finding of ${rule}`, (all) => all.find((diagnostic) => ruleOf(diagnostic) === rule));
}

/** Resolves as soon as a file has findings of exactly these rules at these 1-based lines: `3 port-mismatch`. */
export async function findings(uri: Uri, expected: readonly string[]): Promise<void> {
  const wanted = expected.join('; ');
  await eventually(uri, wanted || 'no finding', (all) => describe(all) === wanted || undefined);
}

/** The files that have findings now. */
export function troubled(): string[] {
  return languages
    .getDiagnostics()
    .filter(([, all]) => all.some(({ source }) => source === 'portolan'))
    .map(([uri]) => uri.path);
}

async function eventually<T>(uri: Uri, what: string, look: (all: Diagnostic[]) => T | undefined): Promise<T> {
  const seen = () => languages.getDiagnostics(uri).filter(({ source }) => source === 'portolan');
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look(seen());
      if (found === undefined) return;
      listener.dispose();
      clearTimeout(timer);
      resolve(found);
    };
    const timer = setTimeout(() => {
      listener.dispose();
      reject(new Error(`Waited for ${what} in ${uri.path}, which has: ${describe(seen()) || 'no finding'}`));
    }, patience);
    const listener = languages.onDidChangeDiagnostics(check);
    check();
  });
}

function describe(all: readonly Diagnostic[]): string {
  return all
    .map((diagnostic) => ({ line: diagnostic.range.start.line + 1, rule: ruleOf(diagnostic) }))
    .sort((a, b) => a.line - b.line || a.rule.localeCompare(b.rule))
    .map(({ line, rule }) => `${line} ${rule}`)
    .join('; ');
}

function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
