import { describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeLens,
  type DocumentHighlight,
  type DocumentLink,
  type DocumentSymbol,
  type InlayHint,
  type Location,
  LSPErrorCodes,
  type SelectionRange,
  type SymbolInformation,
} from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { inSlices } from '../../server/src/lsp/workspace/slices.ts';
import { folderWith } from '../support/disk.ts';
import { modern, startEditor } from '../support/editor.ts';

const files = {
  'PORTS.md': `# Ports

| Service   | Host port |
|-----------|-----------|
| berth-api | 9006      |
| crane-api | 9007      |
`,
  'compose.yaml': `services:
  berth-api:
    image: x
    ports: ["9006:8000"]
  crane-api:
    image: x
    ports: ["9107:8000"]
`,
  'nginx.conf': `upstream berth { server berth-api:8000; }
server { location / { proxy_pass http://berth-api:8000; } }
`,
};

/** An editor with the files on disk and the last of `paths` open. */
async function harbour(open: readonly (keyof typeof files)[], options: Parameters<typeof startEditor>[0] = {}) {
  const root = folderWith(files);
  const editor = await startEditor({ folders: [root], ...options });
  for (const name of open) await editor.open(`${root}/${name}`, files[name]);
  await editor.settled();
  const at = (name: keyof typeof files, text: string) => {
    const before = files[name].slice(0, files[name].indexOf(text)).split('\n');
    return { line: before.length - 1, character: before.at(-1)!.length + 1 };
  };
  /** `NAME:LINE:COLUMN`, counted from 1. */
  const place = ({ uri, range: { start } }: Location) =>
    `${uri.replace(`${uriOf(root)}/`, '')}:${start.line + 1}:${start.character + 1}`;
  return { root, editor, at, place };
}

const enabled = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, { enabled: true }]));

describe('over the protocol', () => {
  test('a port leads to its row', async () => {
    const { root, editor, at, place } = await harbour(['compose.yaml']);
    const position = at('compose.yaml', '9006');
    const found = await editor.ask<Location[]>('definition', `${root}/compose.yaml`, { position });
    expect(found.map(place)).toEqual(['PORTS.md:5:15']);
  });

  test('a host leads to its service', async () => {
    const { root, editor, at, place } = await harbour(['nginx.conf']);
    const position = at('nginx.conf', 'berth-api:');
    const found = await editor.ask<Location[]>('definition', `${root}/nginx.conf`, { position });
    expect(found.map(place)).toEqual(['compose.yaml:2:3']);
  });

  test('references come with their declaration or without', async () => {
    const { root, editor, at, place } = await harbour(['compose.yaml']);
    const position = at('compose.yaml', '9006');
    const ask = async (includeDeclaration: boolean) => {
      const context = { includeDeclaration };
      return (await editor.ask<Location[]>('references', `${root}/compose.yaml`, { position, context })).map(place);
    };
    expect(await ask(true)).toEqual(['PORTS.md:5:15', 'compose.yaml:4:14']);
    expect(await ask(false)).toEqual(['compose.yaml:4:14']);
  });

  test('what is lit up decides or follows', async () => {
    const { root, editor, at } = await harbour(['compose.yaml', 'PORTS.md']);
    const lit = async (name: 'PORTS.md' | 'compose.yaml', text: string) => {
      const position = at(name, text);
      const all = await editor.ask<DocumentHighlight[] | null>('documentHighlight', `${root}/${name}`, { position });
      return all?.map(({ range, kind }) => [range.start.line, kind]);
    };
    expect(await lit('PORTS.md', '9006')).toEqual([[4, 3]]);
    expect(await lit('compose.yaml', '8000')).toEqual([[3, 2]]);
    expect(await lit('compose.yaml', 'image')).toBeUndefined();
  });

  test('a URL has a link to its service, unless that is switched off', async () => {
    const { root, editor } = await harbour(['nginx.conf']);
    const links = () => editor.ask<DocumentLink[]>('documentLink', `${root}/nginx.conf`);
    expect(await links()).toEqual([
      {
        range: { start: { line: 1, character: 40 }, end: { line: 1, character: 54 } },
        target: `${uriOf(root)}/compose.yaml#L2,3`,
        tooltip: 'Go to berth-api in compose.yaml',
      },
    ]);
    const off = await harbour(['nginx.conf'], { settings: { links: { enabled: false } } });
    expect(await off.editor.ask('documentLink', `${off.root}/nginx.conf`)).toEqual([]);
  });

  test('a registry has an outline, nested where the client takes that, unless it is switched off', async () => {
    const nested = await harbour(['PORTS.md']);
    const [section] = await nested.editor.ask<DocumentSymbol[]>('documentSymbol', `${nested.root}/PORTS.md`);
    expect([section?.name, section?.children?.map(({ name }) => name)]).toEqual([
      'Ports',
      ['9006 · berth-api', '9007 · crane-api'],
    ]);
    const flat = await harbour(['PORTS.md'], { capabilities: {} });
    const symbols = await flat.editor.ask<SymbolInformation[]>('documentSymbol', `${flat.root}/PORTS.md`);
    expect(symbols.map(({ name, containerName }) => [name, containerName])).toEqual([
      ['Ports', undefined],
      ['9006 · berth-api', 'Ports'],
      ['9007 · crane-api', 'Ports'],
    ]);
    const off = await harbour(['PORTS.md'], { settings: { outline: { enabled: false } } });
    expect(await off.editor.ask('documentSymbol', `${off.root}/PORTS.md`)).toEqual([]);
  });

  test('the workspace is searched by names and numbers', async () => {
    const { editor, place } = await harbour([]);
    const found = await editor.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'berth' });
    expect(found.map(({ name, location }) => [name, place(location)])).toEqual([
      ['berth-api · 9006', 'compose.yaml:2:3'],
      ['9006 · berth-api', 'PORTS.md:5:15'],
    ]);
  });

  test('a selection grows at each of several cursors', async () => {
    const { root, editor, at } = await harbour(['compose.yaml']);
    const positions = [at('compose.yaml', '9006'), at('compose.yaml', 'image')];
    const ranges = await editor.ask<SelectionRange[]>('selectionRange', `${root}/compose.yaml`, { positions });
    const widths = (range: SelectionRange | undefined): number[] =>
      range ? [range.range.end.character - range.range.start.character, ...widths(range.parent)] : [];
    expect(ranges.map(widths)).toEqual([[4, 9, 20], [0]]);
  });

  test('lenses are shown on demand, and can be clicked where the client says so', async () => {
    const silent = await harbour(['PORTS.md']);
    expect(await silent.editor.ask('codeLens', `${silent.root}/PORTS.md`)).toEqual([]);

    const plain = await harbour(['PORTS.md'], { settings: enabled('codeLens') });
    const lenses = await plain.editor.ask<CodeLens[]>('codeLens', `${plain.root}/PORTS.md`);
    expect(lenses.map(({ command }) => command)).toEqual([
      { title: '1 use', command: '' },
      { title: 'not used · 1 mismatch', command: '' },
    ]);

    const capabilities: ClientCapabilities = { ...modern, experimental: { portolan: { showReferences: true } } };
    const able = await harbour(['PORTS.md'], { settings: enabled('codeLens'), capabilities });
    const [first] = await able.editor.ask<CodeLens[]>('codeLens', `${able.root}/PORTS.md`);
    const [uri, position, locations] = first!.command!.arguments!;
    expect(first!.command!.command).toBe('portolan.showReferences');
    expect([uri, position]).toEqual([uriOf(`${able.root}/PORTS.md`), first!.range.start]);
    expect(locations.map(able.place)).toEqual(['compose.yaml:4:14']);
  });

  test('hints are shown on demand, in the range that is asked for', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    const silent = await harbour(['compose.yaml']);
    expect(await silent.editor.ask('inlayHint', `${silent.root}/compose.yaml`, { range })).toEqual([]);
    const { root, editor } = await harbour(['compose.yaml'], { settings: enabled('inlayHints') });
    expect(await editor.ask<InlayHint[]>('inlayHint', `${root}/compose.yaml`, { range })).toEqual([
      {
        position: { line: 3, character: 23 },
        label: 'berth-api',
        tooltip: '9006 is given to "berth-api" (PORTS.md:5).',
        paddingLeft: true,
      },
    ]);
  });
});

const methods = [
  'definition',
  'references',
  'documentHighlight',
  'documentLink',
  'documentSymbol',
  'selectionRange',
  'codeLens',
  'inlayHint',
];
const everything = { settings: enabled('codeLens', 'inlayHints') };

test('a client that registers is told of all of it by registration, others at the start', async () => {
  const { editor } = await harbour([]);
  await editor.until(() => editor.registered.has('textDocument/inlayHint'));
  for (const method of methods) expect(editor.registered.has(`textDocument/${method}`), method).toBe(true);
  expect(editor.registered.get('workspace/symbol')).toEqual({});
  expect(editor.capabilities.definitionProvider).toBeUndefined();

  const { editor: old } = await harbour([], { capabilities: {} });
  expect(old.registered.size).toBe(0);
  expect(old.capabilities).toMatchObject({
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentLinkProvider: { resolveProvider: false },
    documentSymbolProvider: { label: 'Portolan' },
    workspaceSymbolProvider: true,
    selectionRangeProvider: true,
    codeLensProvider: { resolveProvider: false },
    inlayHintProvider: { resolveProvider: false },
  });
});

test('files that nobody knows and places that are nowhere have no answer, and no error', async () => {
  const { root, editor } = await harbour(['compose.yaml'], everything);
  const nowhere = [
    { line: 9999, character: 9999 },
    { line: -1, character: -7 },
    { line: 2, character: 1e9 },
  ];
  const ask = (method: string, path: string, position: { line: number; character: number }) =>
    editor.ask<unknown[] | null>(method, path, {
      position,
      positions: [position],
      range: { start: position, end: position },
      context: { includeDeclaration: true },
    });
  for (const position of nowhere) {
    for (const method of methods) {
      const known = await ask(method, `${root}/compose.yaml`, position);
      expect(known ?? [], method).toHaveLength(method === 'selectionRange' ? 1 : 0);
      for (const path of [`${root}/gone.yaml`, 'git:/x/compose.yaml', 'untitled:1']) {
        const unknown = await ask(method, path, position);
        expect(unknown ?? [], method).toHaveLength(method === 'selectionRange' ? 1 : 0);
      }
    }
  }
  expect(editor.log).toEqual([]);
});

test('long work ends when nobody waits for it any more', async () => {
  const source = new CancellationTokenSource();
  function* endless(): Generator<void, never> {
    for (;;) yield;
  }
  setTimeout(() => source.cancel(), 20);
  await expect(inSlices(endless(), source.token)).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
});

test('what is shown beside the text is asked for again when it is switched on, and when other files change it', async () => {
  const { root, editor } = await harbour(['compose.yaml']);
  await editor.replace(`${root}/compose.yaml`, '9006', '9016');
  await editor.settled();
  expect(editor.refreshed).toEqual([]);
  editor.settings = enabled('codeLens', 'inlayHints');
  await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  await editor.until(() => editor.refreshed.length >= 2);
  await editor.settled();
  const before = editor.refreshed.length;
  await editor.replace(`${root}/compose.yaml`, 'image: x', 'image: y');
  await editor.settled();
  expect(editor.refreshed.slice(before)).toEqual(['codeLens', 'inlayHint']);
  await editor.replace(`${root}/compose.yaml`, 'services:', 'services: # all');
  await editor.settled();
  await editor.settled();
  expect(editor.refreshed.slice(before)).toEqual(['codeLens', 'inlayHint']);
});

test('settings of the editor alone are no settings of the checks, and wrong ones are named', async () => {
  const settings = { ...enabled('codeLens'), links: 'yes', outline: { enabled: 1 }, bogus: 1 };
  const { editor } = await harbour([], { settings });
  expect(editor.log).toHaveLength(3);
  expect(editor.log[0]).toContain('`links.enabled` must be true or false.');
  expect(editor.log[1]).toContain('`outline.enabled` must be true or false.');
  expect(editor.log[2]).toContain('`bogus`');
});
