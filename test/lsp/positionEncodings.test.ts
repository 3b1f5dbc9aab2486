import { describe, expect, test } from 'vitest';
import type { Position, Range } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Desk } from '../support/desk.ts';
import { folderWith } from '../support/disk.ts';
import { modern, startEditor } from '../support/editor.ts';
import { type Encoding, offsetAt, positionAt, rangeOf } from '../support/positions.ts';

/** Before every port stands something that takes another number of units in each encoding. */
const files = {
  'PORTS.md': `# Häfen 🚢

| 🚢 Kürzel | Service     | Host port | Container port |
| --------- | ----------- | --------- | -------------- |
| 🚢 ä      | billing-api | 9006      | 8000           |
| 🛳️ ö      | reports-web | 9010      | 3000           |
`,
  'compose.yaml': `services:
  billing-api: { image: "🚢 ä", ports: ["9007:8000"] }
  reports-web: { image: "🛳️ ö", ports: ["9010:3000"] }
`,
  'nginx.conf': `server {
  location /ä/🚢/ { proxy_pass http://reports-web:3001; }
  location /ö/🛳️/ { proxy_pass http://billing-api:8000; }
}
`,
};
type Name = keyof typeof files;
const names = Object.keys(files) as Name[];

/** An editor that counts in an encoding, with all files of a new workspace open in it, or only some. */
async function deskWith(encoding: Encoding, open: readonly Name[] = names) {
  const inQuay = Object.entries(files).map(([name, text]) => [`quay/${name}`, text]);
  const root = `${folderWith(Object.fromEntries(inQuay))}/quay`;
  const settings = { codeLens: { enabled: true }, inlayHints: { enabled: true } };
  const capabilities = { ...modern, general: { positionEncodings: [encoding] } };
  const editor = await startEditor({ folders: [root], capabilities, settings });
  expect(editor.capabilities.positionEncoding).toBe(encoding);
  const desk = new Desk(editor, encoding);
  for (const name of open) await desk.open(`${root}/${name}`, files[name]);
  await editor.settled();
  return { root, editor, desk };
}

/** What objects of the protocol may have. */
type Spoken = Position & Range & { uri: string; textDocument: { uri: string } };

/** An answer with the text in place of each range, and with what stands before it on its line in place of each position. */
function spelled(value: unknown, root: string, encoding: Encoding, name?: Name): unknown {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? value.replaceAll(uriOf(root), '') : value;
  }
  if (Array.isArray(value)) return value.map((item) => spelled(item, root, encoding, name));
  const of = (uri: unknown) => names.find((one) => uri === uriOf(`${root}/${one}`));
  const { uri, textDocument, start, end, line, character } = value as Partial<Spoken>;
  const here = of(uri) ?? of(textDocument?.uri) ?? name;
  const text = here && files[here];
  if (text && start && end) {
    return `${here}: ${text.slice(offsetAt(text, start, encoding), offsetAt(text, end, encoding))}`;
  }
  if (text && line !== undefined && character !== undefined) {
    return `${here}: ${text
      .slice(0, offsetAt(text, { line, character }, encoding))
      .split('\n')
      .at(-1)}|`;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.replace(uriOf(root), ''),
      spelled(item, root, encoding, of(key) ?? here),
    ]),
  );
}

/** Everything that can be asked at a text of a file, spelled out. */
async function asked(encoding: Encoding, name: Name, at: string) {
  const { root, editor } = await deskWith(encoding);
  const path = `${root}/${name}`;
  const text = files[name];
  const offset = text.indexOf(at);
  const position = positionAt(text, offset + 1, encoding);
  const range = rangeOf(text, offset, offset + at.length, encoding);
  const all = rangeOf(text, 0, text.length, encoding);
  const questions: Record<string, object> = {
    hover: { position },
    definition: { position },
    references: { position, context: { includeDeclaration: true } },
    documentHighlight: { position },
    prepareRename: { position },
    rename: { position, newName: '9020' },
    completion: { position },
    codeAction: { range, context: { diagnostics: [] } },
    selectionRange: { positions: [position] },
    inlayHint: { range: all },
    codeLens: {},
    documentLink: {},
    documentSymbol: {},
  };
  const answers: Record<string, unknown> = { diagnostics: editor.diagnostics(path) };
  for (const [method, params] of Object.entries(questions)) {
    answers[method] = await editor.ask(method, path, params).catch((error: Error) => error.message);
  }
  answers['workspace/symbol'] = await editor.connection.sendRequest('workspace/symbol', { query: '90' });
  return spelled(answers, root, encoding, name) as Record<string, unknown>;
}

describe.each(['utf-8', 'utf-32'] as const)('a client that counts in %s', (encoding) => {
  test.each([
    ['compose.yaml', '9007'],
    ['compose.yaml', '9010'],
    ['PORTS.md', '9006'],
    ['PORTS.md', 'reports-web'],
    ['nginx.conf', '3001'],
  ] as const)('gets the answers of one that counts in UTF-16: %s at %s', async (name, at) => {
    const answers = await asked(encoding, name, at);
    expect(JSON.stringify(answers)).toContain(`"${name}: `);
    expect(answers).toEqual(await asked('utf-16', name, at));
  });

  test('is understood when it types', async () => {
    const { root, editor, desk } = await deskWith(encoding, ['compose.yaml']);
    const path = `${root}/compose.yaml`;
    const replace = (old: string, newText: string) => {
      const start = desk.sheet(path).text.indexOf(old);
      return { start, end: start + old.length, newText };
    };
    await desk.type(path, replace('9007', '9006'), replace('🚢', 'ö🚢🚢'));
    await editor.until(() => editor.published.get(uriOf(path))?.version === 2 && editor.diagnostics(path).length === 0);
    await desk.type(path, replace('9006', '9008'));
    await editor.until(() => editor.diagnostics(path).length > 0);
    const { text } = desk.sheet(path);
    const [wrong] = editor.diagnostics(path);
    expect(text.slice(offsetAt(text, wrong!.range.start, encoding)).slice(0, 4)).toBe('9008');
  });

  test('gets edits of files that are not open', async () => {
    const { root, editor, desk } = await deskWith(encoding, ['compose.yaml']);
    const path = `${root}/compose.yaml`;
    const position = positionAt(files['compose.yaml'], files['compose.yaml'].indexOf('9010'), encoding);
    const edit = await editor.ask<object>('rename', path, { position, newName: '9020' });
    const closed = Object.fromEntries(names.map((name) => [`${root}/${name}`, files[name]]));
    expect(desk.edited(edit, closed)).toEqual({
      [path]: files['compose.yaml'].replace('9010', '9020'),
      [`${root}/PORTS.md`]: files['PORTS.md'].replace('9010', '9020'),
    });
  });
});

test.each([
  [['utf-8', 'utf-16'], 'utf-16'],
  [['utf-32', 'utf-8'], 'utf-32'],
  [['utf-7', 'utf-8'], 'utf-8'],
  [['utf-7'], 'utf-16'],
  [[], 'utf-16'],
])('of %j it takes %s', async (positionEncodings, chosen) => {
  const editor = await startEditor({ capabilities: { ...modern, general: { positionEncodings } } });
  expect(editor.capabilities.positionEncoding).toBe(chosen);
});
