import { type CodeAction, commands, extensions, type Hover, type MarkdownString, workspace } from 'vscode';
import { file, finding, findings, rangeOf } from './findings.ts';
import { runTests } from './runner.ts';

/** The extension in a browser's worker, without Node on any side. Nor is there an `assert`. */
export const run = () =>
  runTests('web', [
    { name: 'in a browser the extension wakes by itself, and finds what stands in closed files', run: finds },
    { name: 'in a browser ignored files are left alone, and portolan.yaml is heeded', run: selects },
    { name: 'in a browser the hover names the owner of a port', run: hover },
    { name: 'in a browser a quick fix moves a service in two files', run: quickFix },
    { name: 'in a browser a registry that changes on the disk is read again', run: disk },
  ]);

async function finds() {
  must(typeof process === 'undefined', 'the suite runs in a browser');
  await findings(file('squiggle/docker-compose.yml'), ['5 port-mismatch']);
  must(extensions.getExtension('portolan.portolan')?.isActive === true, 'the extension is active');
  return `code loaded in ${took('LoadExtensionCode')} ms, activate() in ${took('ActivateExtension')} ms`;
}

/** How long a step of the extension's start took, by the marks that the editor sets. */
function took(step: string): string {
  const [start, end] = ['will', 'did'].map(
    (when) => performance.getEntriesByName(`code/extHost/${when}${step}/portolan.portolan`)[0]?.startTime,
  );
  return start === undefined || end === undefined ? '?' : (end - start).toFixed(0);
}

async function selects() {
  await findings(file('elsewhere/docker-compose.yml'), ['5 port-mismatch']);
  await workspace.openTextDocument(file('out/docker-compose.yml'));
  await workspace.openTextDocument(file('squiggle/docker-compose.yml'));
  await findings(file('out/docker-compose.yml'), []);
}

async function hover() {
  const compose = await workspace.openTextDocument(file('squiggle/docker-compose.yml'));
  const position = rangeOf(compose, '9007').start;
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', compose.uri, position);
  const text = hovers.flatMap(({ contents }) => contents.map((part) => (part as MarkdownString).value)).join('\n');
  for (const word of ['billing-api', '9006', 'PORTS.md']) must(text.includes(word), `${word} stands in ${text}`);
}

async function quickFix() {
  const compose = await workspace.openTextDocument(file('fix/docker-compose.yml'));
  const nginx = await workspace.openTextDocument(file('fix/nginx.conf'));
  const { range } = await finding(compose.uri, 'port-mismatch');
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    compose.uri,
    range,
    'quickfix',
    10,
  );
  const everywhere = actions.find(({ edit }) => edit?.entries().length === 2);
  must(everywhere?.edit !== undefined && (await workspace.applyEdit(everywhere.edit)), 'the fix can be applied');
  must(!compose.getText().includes('9121') && !nginx.getText().includes('9121'), 'the old port is gone');
  await findings(compose.uri, []);
}

async function disk() {
  const registry = file('squiggle/PORTS.md');
  const text = new TextDecoder().decode(await workspace.fs.readFile(registry));
  await workspace.fs.writeFile(registry, new TextEncoder().encode(text.replace('9006', '9007')));
  await findings(file('squiggle/docker-compose.yml'), []);
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`It does not hold that ${what}`);
}
