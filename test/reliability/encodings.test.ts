import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const portolan = commandLine();
const withUmlaut = `${compose}# Hafenbehörde\n`;

function utf16(text: string, mark: boolean, bigEndian: boolean): Buffer {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

/** The same compose file in bytes that are no UTF-8, or only partly. */
const foreign: Record<string, Buffer> = {
  'Latin-1': Buffer.from(withUmlaut, 'latin1'),
  'a sequence that is cut off': Buffer.concat([Buffer.from(`${compose}# `), Buffer.from([0xe2, 0x82])]),
  'a lone continuation byte': Buffer.concat([Buffer.from('# '), Buffer.from([0x80]), Buffer.from(`\n${compose}`)]),
  'an overlong sequence': Buffer.concat([Buffer.from(`${compose}# `), Buffer.from([0xc0, 0xaf])]),
  'half a surrogate pair': Buffer.concat([Buffer.from(`${compose}# `), Buffer.from([0xed, 0xa0, 0x80])]),
  'a replacement character of its own': Buffer.from(`${compose}# \ufffd\n`),
};
/** Bytes of which no text is made. */
const skipped: Record<string, Buffer> = {
  'UTF-16 LE': utf16(compose, true, false),
  'UTF-16 BE': utf16(compose, true, true),
  'UTF-16 LE without a mark': utf16(compose, false, false),
  'a NUL': Buffer.from(`${compose}#\0\n`),
  'random bytes': Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
};

function workspaceWith(bytes: Buffer): string {
  const root = folderWith({ 'PORTS.md': registry });
  writeFileSync(`${root}/compose.yaml`, bytes);
  return root;
}

const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

/** Every edit that the server has to offer for a file. */
async function offered(editor: Editor, path: string): Promise<unknown[]> {
  const line = { start: { line: 4, character: 10 }, end: { line: 4, character: 10 } };
  const actions = [
    ...(await editor.codeActions(path, whole, ['quickfix', 'source.fixAll.portolan'])),
    ...(await editor.codeActions(path, line)),
  ];
  return actions.filter(({ edit }) => JSON.stringify(edit).includes('compose.yaml'));
}

describe('a file that cannot be written again as it was is reported on and never edited', () => {
  test.each(Object.entries(foreign))('%s, by the command line', (_, bytes) => {
    const root = workspaceWith(bytes);
    const [finding] = JSON.parse(portolan(root, ['check', '--format', 'json']).out).findings;
    expect(finding).toMatchObject({ rule: 'port-mismatch', fixes: [] });
    expect(portolan(root, ['check', '--fix']).err).toContain('compose.yaml is not fixed: it ');
    expect(portolan(root, ['move', 'billing-api', '9020', '--write']).status).toBe(1);
    expect(readFileSync(`${root}/compose.yaml`)).toEqual(bytes);
  });

  test.each(Object.entries(foreign))('%s, by the server, closed and open', async (_, bytes) => {
    const root = workspaceWith(bytes);
    const path = `${root}/compose.yaml`;
    const editor = await startEditor({ folders: [root] });
    await editor.settled();
    expect(editor.diagnostics(path)).toMatchObject([{ code: 'port-mismatch' }]);
    expect(await offered(editor, path)).toEqual([]);
    expect(JSON.stringify(await editor.connection.sendRequest('portolan/fixAll'))).not.toContain('compose.yaml');
    await editor.open(path, bytes.toString('utf8'));
    await editor.settled();
    expect(await offered(editor, path)).toEqual([]);
  });
});

describe('bytes of which no text is made are skipped', () => {
  test.each(Object.entries(skipped))('%s', async (_, bytes) => {
    const root = workspaceWith(bytes);
    expect(JSON.parse(portolan(root, ['check', '--format', 'json']).out).findings).toEqual([]);
    portolan(root, ['check', '--fix']);
    expect(readFileSync(`${root}/compose.yaml`)).toEqual(bytes);
    const editor = await startEditor({ folders: [root] });
    await editor.settled();
    expect(editor.diagnostics(`${root}/compose.yaml`)).toEqual([]);
  });
});

test('a text that an editor has decoded is like any other', async () => {
  const root = workspaceWith(foreign['Latin-1']!);
  const editor = await startEditor({ folders: [root] });
  await editor.open(`${root}/compose.yaml`, withUmlaut);
  await editor.sees(`${root}/compose.yaml`, [wrongPort]);
  const actions = await editor.codeActions(`${root}/compose.yaml`, whole, ['quickfix']);
  expect(editor.edited(actions[0]!.edit!)[`${root}/compose.yaml`]).toBe(withUmlaut.replace('9007', '9006'));
});
