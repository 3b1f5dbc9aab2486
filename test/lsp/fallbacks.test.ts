import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ClientCapabilities, WorkspaceEdit } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { type Editor, modern, startEditor } from '../support/editor.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';

const files = { 'PORTS.md': registry, 'compose.yaml': compose };
const right = registry.replace('9006', '9007');

/** A modern editor that lacks one thing of the workspace. */
function without(thing: keyof NonNullable<ClientCapabilities['workspace']>): ClientCapabilities {
  const { [thing]: _, ...workspace } = modern.workspace!;
  return { ...modern, workspace };
}

function saved(editor: Editor, path: string): Promise<void> {
  return editor.connection.sendNotification('textDocument/didSave', { textDocument: { uri: uriOf(path) } });
}

describe('a client that does not watch files', () => {
  const capabilities = without('didChangeWatchedFiles');

  async function start(more: Record<string, string> = {}) {
    const root = folderWith({ ...files, 'README.md': '# Quay\n', ...more });
    const editor = await startEditor({ folders: [root], capabilities });
    await editor.sees(root + '/compose.yaml', [wrongPort]);
    await editor.open(root + '/README.md', '# Quay\n');
    await editor.settled();
    return { root, editor };
  }

  test('is told of a file that has changed when it saves another', async () => {
    const { root, editor } = await start();
    writeAt(root, { 'PORTS.md': right });
    await editor.settled();
    expect(editor.squiggles(root + '/compose.yaml')).toEqual([wrongPort]);
    await saved(editor, root + '/README.md');
    await editor.sees(root + '/compose.yaml', []);
  });

  test('is told of it when it opens or closes another', async () => {
    const { root, editor } = await start();
    writeAt(root, { 'PORTS.md': right });
    await editor.open(root + '/NOTES.md', '# Notes\n');
    await editor.sees(root + '/compose.yaml', []);
    writeAt(root, { 'PORTS.md': registry });
    await editor.close(root + '/NOTES.md');
    await editor.sees(root + '/compose.yaml', [wrongPort]);
  });

  test('is told of new files and of files that are gone, in whole folders', async () => {
    const { root, editor } = await start();
    writeAt(root, { 'dock/compose.yaml': compose });
    await saved(editor, root + '/README.md');
    await editor.sees(root + '/dock/compose.yaml', [wrongPort]);
    rmSync(root + '/dock', { recursive: true });
    await saved(editor, root + '/README.md');
    await editor.sees(root + '/dock/compose.yaml', []);
  });

  test('has new ignore files and settings heeded', async () => {
    const { root, editor } = await start({ 'dock/compose.yaml': compose });
    await editor.sees(root + '/dock/compose.yaml', [wrongPort]);
    writeAt(root, { '.gitignore': 'dock/\n', 'portolan.yaml': 'rules: { port-mismatch: hint }\n' });
    await saved(editor, root + '/README.md');
    await editor.sees(root + '/dock/compose.yaml', []);
    await editor.until(() => editor.diagnostics(root + '/compose.yaml')[0]?.severity === 4);
  });

  test('has unsaved text counted before the disk', async () => {
    const { root, editor } = await start();
    await editor.open(root + '/PORTS.md', right);
    await editor.sees(root + '/compose.yaml', []);
    await saved(editor, root + '/README.md');
    await editor.settled();
    expect(editor.squiggles(root + '/compose.yaml')).toEqual([]);
  });

  test('is told nothing anew when nothing has changed', async () => {
    const { root, editor } = await start();
    const before = editor.history.length;
    await saved(editor, root + '/README.md');
    await editor.settled();
    expect(editor.history.length).toBe(before);
  });
});

test('for a client that watches files the disk is as it tells', async () => {
  const root = folderWith(files);
  const editor = await startEditor({ folders: [root] });
  await editor.open(root + '/compose.yaml', compose);
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.settled();
  writeAt(root, { 'PORTS.md': right });
  await saved(editor, root + '/compose.yaml');
  await editor.settled();
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([wrongPort]);
});

describe('settings', () => {
  const asHint = { rules: { 'port-mismatch': 'hint' } };
  const severity = (editor: Editor, root: string) => editor.diagnostics(root + '/compose.yaml')[0]?.severity;

  /** A client with settings among its options, that answers to `workspace/configuration` as is said. */
  async function start(answer: unknown, initializationOptions: object, capabilities = modern) {
    const root = folderWith(files);
    const parameters = { initializationOptions };
    const editor = await startEditor({ folders: [root], settings: answer, parameters, capabilities });
    await editor.sees(root + '/compose.yaml', [wrongPort]);
    return { root, editor };
  }

  test.each([
    ['bare', asHint],
    ['in their section', { portolan: asHint }],
    ['beside what is for the start alone', { ...asHint, trusted: true }],
  ])('stand among the options for a client that can be asked and knows none: %s', async (_, options) => {
    const { editor, root } = await start(null, options);
    expect(severity(editor, root)).toBe(4);
    expect(editor.log).toEqual([]);
  });

  test('of the options give way to those that are asked for', async () => {
    const { editor, root } = await start({ rules: { 'port-mismatch': 'warning' } }, asHint);
    expect(severity(editor, root)).toBe(2);
  });

  test('of the options remain when a client sends none', async () => {
    const { editor, root } = await start(null, asHint, without('configuration'));
    for (const settings of [{}, null, { portolan: {} }]) {
      await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
      await editor.settled();
      expect(severity(editor, root)).toBe(4);
    }
    const settings = { portolan: { rules: { 'port-mismatch': 'warning' } } };
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await editor.until(() => severity(editor, root) === 2);
  });

  test('are known before anything is told, also when the client says at once that they have changed', async () => {
    const root = folderWith(files);
    const editor = await startEditor({ folders: [root], settings: asHint, parameters: { initializationOptions: {} } });
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await editor.sees(root + '/compose.yaml', [wrongPort]);
    expect(editor.history.flatMap(({ diagnostics }) => diagnostics.map((one) => one.severity))).toEqual([4]);
  });

  test('are as in the options when a client answers with fewer than was asked for', async () => {
    const root = folderWith(files);
    const settings = () => undefined;
    const editor = await startEditor({ folders: [root], settings, parameters: { initializationOptions: asHint } });
    editor.connection.onRequest('workspace/configuration', () => []);
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await editor.sees(root + '/compose.yaml', [wrongPort]);
    expect(severity(editor, root)).toBe(4);
  });
});

test('a client that does not say so hears nothing that the protocol does not know', async () => {
  const root = folderWith(files);
  const { experimental: _, ...capabilities } = modern;
  const editor = await startEditor({ folders: [root], capabilities });
  const unknown: string[] = [];
  for (const method of ['portolan/status', 'portolan/changed']) {
    editor.connection.onNotification(method, () => void unknown.push(method));
  }
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  await editor.settled();
  await new Promise((resolve) => setTimeout(resolve, 200)); // longer than the status waits
  expect(unknown).toEqual([]);
});

test('a client that prefers plain text gets hovers without markup', async () => {
  const root = folderWith(files);
  const hover = { contentFormat: ['plaintext' as const] };
  const editor = await startEditor({ folders: [root], capabilities: { ...modern, textDocument: { hover } } });
  await editor.open(root + '/compose.yaml', compose);
  expect(await editor.hover(root + '/compose.yaml', 4, 11)).toBe(
    '9007 · billing-api (published)\n\n- assigned 9006 billing-api (host side), PORTS.md:5, matched by service name',
  );
});

test('a client that can do nothing at all is told, asked nothing, and can fix and rename', async () => {
  const root = folderWith(files);
  const path = root + '/compose.yaml';
  const parameters = { workspaceFolders: null, rootUri: uriOf(root) };
  const editor = await startEditor({ capabilities: {}, parameters });
  const asked: string[] = [];
  for (const method of [
    'client/registerCapability',
    'window/workDoneProgress/create',
    'workspace/configuration',
    'workspace/codeLens/refresh',
    'workspace/inlayHint/refresh',
  ]) {
    editor.connection.onRequest(method, () => {
      asked.push(method);
      return null;
    });
  }
  await editor.open(path, compose);
  await editor.sees(path, [wrongPort]);
  expect(await editor.hover(path, 4, 11)).toContain('9006');
  const at = (line: number) => ({ line, character: 11 });
  const [fix] = await editor.codeActions(path, { start: at(4), end: at(4) });
  const range = (line: number, from: number) => ({
    start: { line, character: from },
    end: { line, character: from + 4 },
  });
  expect(fix!.edit).toEqual({ changes: { [uriOf(path)]: [{ range: range(4, 9), newText: '9006' }] } });
  const renamed = await editor.ask<WorkspaceEdit>('rename', path, { position: at(8), newName: '9020' });
  expect(renamed).toEqual({
    changes: {
      [uriOf(path)]: [{ range: range(8, 9), newText: '9020' }],
      [uriOf(root + '/PORTS.md')]: [{ range: range(5, 16), newText: '9020' }],
    },
  });
  expect(asked).toEqual([]);
});
