import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const manifest = {
  name: 'neighbour',
  publisher: 'harbour',
  version: '1.0.0',
  engines: { vscode: '^1.100.0' },
  main: './main.js',
  activationEvents: ['onLanguage:harbour-compose', 'onLanguage:harbour-nginx'],
  contributes: {
    languages: [
      { id: 'harbour-compose', filenamePatterns: ['**/docker-compose.yml'] },
      { id: 'harbour-nginx', filenamePatterns: ['**/nginx.conf'] },
    ],
  },
};

/** Says something at the first port of every document, in every way in which an extension can. */
const program = `const { languages, CodeAction, CodeActionKind, CompletionItem, Diagnostic, Hover, TextEdit, Range } = require('vscode');
exports.activate = ({ subscriptions }) => {
  const all = ['harbour-compose', 'harbour-nginx'];
  const found = languages.createDiagnosticCollection('neighbour');
  const look = (document) => {
    if (!all.includes(document.languageId)) return;
    const at = document.getText().search(/\\d{4}/);
    const diagnostic = new Diagnostic(new Range(document.positionAt(at), document.positionAt(at + 4)), 'The neighbour has seen this.');
    diagnostic.source = 'neighbour';
    found.set(document.uri, [diagnostic]);
  };
  subscriptions.push(
    found,
    languages.registerHoverProvider(all, { provideHover: () => new Hover('The neighbour has something to say.') }),
    languages.registerCodeActionsProvider(all, { provideCodeActions: () => [new CodeAction('Ask the neighbour', CodeActionKind.QuickFix)] }),
    languages.registerCompletionItemProvider(all, { provideCompletionItems: () => [new CompletionItem('ports')] }),
    languages.registerDocumentFormattingEditProvider(all, { provideDocumentFormattingEdits: () => [] }),
  );
  const { workspace } = require('vscode');
  workspace.textDocuments.forEach(look);
  subscriptions.push(workspace.onDidOpenTextDocument(look));
};
`;

/**
 * Installs an extension as people have for YAML, Docker and nginx: with languages of its own for files that ours reads.
 *
 * @param {string} extensions The folder of installed extensions.
 */
export async function installNeighbour(extensions) {
  const folder = join(extensions, 'harbour.neighbour-1.0.0');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'main.js'), program);
}
