import { expect, test } from 'vitest';
import { CancellationTokenSource, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Desk } from '../support/desk.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith } from '../support/disk.ts';
import { editorOver } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { haven } from '../support/haven.ts';
import { bundledServer } from '../support/program.ts';
import { stroke } from '../support/typing.ts';

const server = bundledServer();

const ofPlaces = ['hover', 'definition', 'references', 'documentHighlight', 'prepareRename', 'completion', 'rename'];
const ofDocuments = ['documentSymbol', 'codeLens', 'documentLink', 'inlayHint', 'codeAction', 'selectionRange'];
const ofWorkspace = ['overview', 'services', 'free', 'status', 'fixAll', 'draft', 'move'];

/** What a server may say instead of an answer: that it cannot be done, or not now. */
const allowed: readonly number[] = [
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.RequestFailed,
  ErrorCodes.InvalidParams,
];

/** A request of any kind about any place of any document, most of which make no sense. */
function request(desk: Desk, root: string, dice: Dice): { method: string; params: object } {
  const elsewhere = [
    `${root}/tide/Dockerfile`,
    `${root}/nowhere/compose.yaml`,
    'untitled:PORTS.md',
    'git:/x/compose.yaml',
    '',
  ];
  const path = dice.chance(0.8) ? dice.one(desk.paths()) : dice.one(elsewhere);
  const uri = path === '' ? dice.one(['', '%%%', 'file://', 'no uri']) : uriOf(path);
  const lines = desk.paths().includes(path) ? desk.sheet(path).text.split('\n') : [''];
  const position = () => {
    const line = dice.somewhere(lines.length);
    return { line, character: dice.somewhere(lines[line]?.length ?? 0) };
  };
  const range = { start: position(), end: position() };
  const about = {
    textDocument: { uri },
    ...{ uri, folder: uri, range, position: position(), positions: [position(), position()] },
    context: { diagnostics: [], includeDeclaration: dice.chance(0.5), ...(dice.chance(0.5) && { only: ['source'] }) },
    newName: dice.one(['9004', '', '0', '99999', 'crane', '🚢', 'a\nb', '-', '$1']),
    ...{ port: dice.somewhere(65535), dry: dice.chance(0.5), count: dice.somewhere(9) },
  };
  const kind = dice.below(20);
  if (kind < 10) return { method: `textDocument/${dice.one(ofPlaces)}`, params: about };
  if (kind < 16) return { method: `textDocument/${dice.one(ofDocuments)}`, params: about };
  if (kind < 17) return { method: 'workspace/symbol', params: { query: dice.one(['', 'lan', '9', '\\', '(', '🚢']) } };
  return { method: `portolan/${dice.one(ofWorkspace)}`, params: about };
}

test('requests at random and impossible places, while somebody types, have answers', async () => {
  const root = folderWith(haven);
  const settings = { codeLens: { enabled: true }, inlayHints: { enabled: true } };
  const desk = new Desk(await editorOver(server('--stdio'), settings).start({ folders: [root], settings }));
  const dice = new Dice(seed);
  for (const [name, text] of Object.entries(haven))
    if (!name.endsWith('file')) await desk.open(`${root}/${name}`, text);
  const wrong: string[] = [];
  let answers: Promise<void>[] = [];
  for (let n = 0; n < times(600, 10_000); n++) {
    const path = dice.one(desk.paths());
    if (dice.chance(0.1)) await desk.rewrite(path, haven[path.slice(root.length + 1)]!);
    else if (dice.chance(0.5)) await desk.type(path, stroke(desk.sheet(path).text, dice));
    const { method, params } = request(desk, root, dice);
    const source = new CancellationTokenSource();
    const answer = desk.editor.connection.sendRequest(method, params, source.token).then(
      () => {},
      (error: unknown) => {
        const isAllowed = error instanceof ResponseError && allowed.includes(error.code);
        if (!isAllowed) wrong.push(`${method} ${JSON.stringify(params)}: ${error}`);
      },
    );
    if (dice.chance(0.1)) source.cancel();
    answers.push(answer);
    if (answers.length < 20) continue;
    await Promise.all(answers);
    answers = [];
  }
  await Promise.all(answers);
  expect(wrong).toEqual([]);
  expect(desk.editor.log).toEqual([]);
});
