import { expect, test } from 'vitest';
import {
  type FilesParams,
  filesRequest,
  type ReadParams,
  readRequest,
} from '../../../server/src/lsp/connection/clientFiles.ts';
import { uriOf } from '../../../server/src/lsp/toLsp.ts';
import { connect, type Editor } from '../../support/editor.ts';
import { compose, registry, wrongPort } from '../../support/harbour.ts';

const root = 'vscode-vfs://github/harbour/quay side';

/** An editor whose folder lies on no disk: it serves the files itself, by their paths in the folder. */
function editorWith(files: Record<string, string>, settings?: unknown): Promise<Editor> {
  const editor = connect(settings);
  const texts = new Map(Object.entries(files).map(([path, text]) => [uriOf(`${root}/${path}`), text]));
  editor.connection.onRequest(filesRequest, ({ folder }: FilesParams) =>
    folder === uriOf(root) ? [...texts.keys()] : [],
  );
  editor.connection.onRequest(readRequest, ({ file }: ReadParams) => texts.get(file) ?? null);
  return editor.start({ folders: [root], settings });
}

test('a folder that lies on no disk is read through the client', async () => {
  const editor = await editorWith({ 'PORTS.md': registry, 'Hafen süd/compose.yaml': compose });
  await editor.sees(`${root}/Hafen süd/compose.yaml`, [wrongPort]);
  expect([...editor.published.keys()]).toEqual([
    'vscode-vfs://github/harbour/quay%20side/Hafen%20s%C3%BCd/compose.yaml',
  ]);
});

test('there, too, files are ignored and excluded, and portolan.yaml names registries', async () => {
  const editor = await editorWith({
    '.gitignore': 'out/\n*.local.yaml\n',
    'sub/.gitignore': '!compose.local.yaml\n',
    'node_modules/dock/PORTS.md': registry.replace('9006', '9007'),
    'infra/quays.json': '{"quay": {"billing-api": 9006, "reports-web": 9010}}',
    'portolan.yaml': 'registries: [infra/quays.json]\nexclude: [old]\n',
    'compose.yaml': compose,
    'out/compose.yaml': compose,
    'old/compose.yaml': compose,
    'compose.local.yaml': compose,
    'sub/compose.local.yaml': compose,
    'sub/out/compose.yaml': compose,
  });
  await editor.sees(`${root}/compose.yaml`, [wrongPort]);
  await editor.settled();
  expect([...editor.published.keys()].sort()).toEqual([
    uriOf(`${root}/compose.yaml`),
    uriOf(`${root}/sub/compose.local.yaml`),
  ]);
});

test('there, too, compose files lead to one another', async () => {
  const editor = await editorWith({
    'PORTS.md': registry,
    'apps/compose.yaml': 'include: [../base/compose.yaml]\nservices: {}\n',
    'base/compose.yaml':
      'services:\n  billing-api:\n    image: x\n    env_file: [../env/dock.env]\n    ports: ["${BILLING_PORT}:8000"]\n',
    'base/.env': 'BILLING_PORT=9007\n',
    'env/dock.env': 'X=1\n',
  });
  await editor.until(() => editor.squiggles(`${root}/base/.env`).length > 0);
  expect(editor.squiggles(`${root}/base/.env`)).toEqual(['1:14-18 port-mismatch']);
});

test('an ignored document that is open before the ignore files are known is left alone', async () => {
  const editor = await editorWith({ 'PORTS.md': registry, '.gitignore': 'out/\n', 'compose.yaml': compose });
  await editor.open(`${root}/out/compose.yaml`, compose);
  await editor.sees(`${root}/compose.yaml`, [wrongPort]);
  await editor.settled();
  expect(editor.squiggles(`${root}/out/compose.yaml`)).toEqual([]);
});

test('a client that serves no files has its open documents checked', async () => {
  const editor = await connect().start({ folders: [root] });
  await editor.open(`${root}/PORTS.md`, registry);
  await editor.open(`${root}/compose.yaml`, compose);
  await editor.sees(`${root}/compose.yaml`, [wrongPort]);
  expect(editor.log).toEqual([]);
});
