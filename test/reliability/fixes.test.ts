import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { Desk } from '../support/desk.ts';
import { Dice, seed } from '../support/dice.ts';
import { folderWith } from '../support/disk.ts';
import { modern, pair } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { type Encoding, rangeOf } from '../support/positions.ts';

/** What stands before a port on its line and around it, so that columns and lines have to be counted well. */
const odd = [
  '🚢',
  '👩‍✈️',
  'e\u0301',
  '港',
  'مرفأ',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u00a0',
  'ß',
  'plain',
  '',
  '𝔭𝔬𝔯𝔱',
  '\ufeff',
];
const lineEnds = ['\n', '\r\n', '\r', 'mixed'] as const;

/** A file in which one port is wrong: WRONG marks it, ODD any text. */
const pictures = {
  'compose.yaml':
    '# ODD\nservices:\n  dock: { image: "ODD ODD" }\n  billing-api: { labels: { a: "ODD" }, ports: ["WRONG:80"] } # ODD\n# ODD\n',
  'deploy/compose.yaml':
    'services:\n  # ODD\n  billing-api:\n    image: "x" # ODD\n    ports:\n      - "WRONG:80" # ODD\n# ODD',
  '.env': '# ODD\nNOTE="ODD"\nBILLING_PORT=WRONG\n# ODD\n',
};

interface Case {
  readonly path: keyof typeof pictures;
  readonly encoding: Encoding;
  readonly lineEnd: (typeof lineEnds)[number];
  readonly mark: '' | '\ufeff';
  /** Whether the file is open when it is mended. */
  readonly isOpen: boolean;
}

function caseOf(dice: Dice): Case {
  return {
    path: dice.one(Object.keys(pictures) as Case['path'][]),
    encoding: dice.one(['utf-8', 'utf-16', 'utf-32']),
    lineEnd: dice.one(lineEnds),
    mark: dice.one(['', '\ufeff']),
    isOpen: dice.chance(0.5),
  };
}

function drawn({ path, lineEnd }: Case, port: string, dice: Dice): string {
  return pictures[path]
    .replace(/ODD/g, () => dice.one(odd) + dice.one(odd))
    .replace('WRONG', port)
    .replace(/\n/g, () => (lineEnd === 'mixed' ? dice.one(['\n', '\r\n']) : lineEnd));
}

/** The edit by which a client mends a file: that of the light bulb, or that of the whole workspace. */
async function mend(desk: Desk, path: string, { isOpen, encoding }: Case): Promise<WorkspaceEdit | undefined> {
  const all = await desk.editor.connection.sendRequest<WorkspaceEdit>('portolan/fixAll'); // waits for all reading
  if (!isOpen) return all;
  const { text } = desk.sheet(path);
  const at = text.indexOf('9007');
  const textDocument = { uri: uriOf(path) };
  const params = { textDocument, range: rangeOf(text, at, at + 4, encoding), context: { diagnostics: [] } };
  const actions = await desk.editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
  return actions.find(({ isPreferred }) => isPreferred)?.edit;
}

test('a fix that a client makes changes the port and no other byte', async () => {
  const dice = new Dice(seed);
  const cases = times(200, 2000);
  const wrong: string[] = [];
  for (let n = 0; n < cases; n++) {
    const one = caseOf(dice);
    const kept = dice.below(2 ** 31);
    const [before, after] = ['9007', '9006'].map((port) => drawn(one, port, new Dice(kept))) as [string, string];
    const root = folderWith({
      'PORTS.md': '# Ports\n\n| Port | Service |\n| --- | --- |\n| 9006 | billing-api |\n',
      ...(one.path === '.env' && { 'compose.yaml': 'services:\n  billing-api:\n    ports: ["${BILLING_PORT}:80"]\n' }),
      [one.path]: one.mark + before,
    });
    const path = `${root}/${one.path}`;
    const { editor, dispose } = pair();
    const capabilities = { ...modern, general: { positionEncodings: [one.encoding] } };
    const desk = new Desk(await editor.start({ folders: [root], capabilities }), one.encoding);
    expect(editor.capabilities.positionEncoding).toBe(one.encoding);
    if (one.isOpen) await desk.open(path, before); // editors keep the mark for themselves
    const edit = await mend(desk, path, one);
    const texts = edit && desk.edited(edit, { [path]: readFileSync(path, 'utf8').replace(/^\ufeff/, '') });
    dispose();
    // The YAML library takes a file of carriage returns alone for one line, so that nothing is offered there.
    const expected = one.lineEnd === '\r' && one.path !== '.env' ? undefined : after;
    if (texts?.[path] !== expected) wrong.push(JSON.stringify({ ...one, before, result: texts?.[path] ?? null }));
  }
  expect(wrong).toEqual([]);
});
