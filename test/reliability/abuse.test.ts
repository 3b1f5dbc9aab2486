import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { uriOf } from '../../server/src/lsp/toLsp.ts';
import { folderWith } from '../support/disk.ts';
import { editorOver } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { compose, registry, wrongPort } from '../support/harbour.ts';
import { bundledServer } from '../support/program.ts';

const server = bundledServer();

/** A message as it goes over the wire. */
function frame(content: string | object, length?: number): string {
  const body = typeof content === 'string' ? content : JSON.stringify({ jsonrpc: '2.0', ...content });
  return `Content-Length: ${length ?? Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const initialize = frame({ id: 1, method: 'initialize', params: { processId: null, capabilities: {}, rootUri: null } });

/** The answer with an id, as soon as a server has written it. */
async function answerTo(id: number, child: ChildProcess): Promise<{ result?: unknown; error?: { code: number } }> {
  let said = '';
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    said += chunk;
    for (const part of said.split(/Content-Length: \d+\r\n\r\n/)) {
      const message = parsed(part);
      if (message?.id === id && message.method === undefined) return message;
    }
  }
  throw new Error(`The server ended without an answer to ${id}.`);
}

// biome-ignore lint/suspicious/noExplicitAny: any message of the protocol
function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  return child.exitCode ?? (await once(child, 'exit'))[0];
}

test('requests before and beside initialize get the errors of the specification', async () => {
  const editor = editorOver(server('--stdio'));
  const codeOf = async (method: string, params?: object | null): Promise<number | undefined> => {
    const answer = await editor.connection.sendRequest(method, params).catch((error: unknown) => error);
    return answer instanceof ResponseError ? answer.code : undefined;
  };
  const at = { textDocument: { uri: 'file:///x/compose.yaml' }, position: { line: 0, character: 0 } };
  expect(await codeOf('textDocument/hover', at)).toBe(ErrorCodes.ServerNotInitialized);
  await editor.start({});
  expect(await codeOf('initialize', { capabilities: {} })).toBe(ErrorCodes.InvalidRequest);
  expect(await codeOf('textDocument/nonsense', at)).toBe(ErrorCodes.MethodNotFound);
  expect(await codeOf('$/nonsense', at)).toBe(ErrorCodes.MethodNotFound);
  for (const params of [undefined, {}, { textDocument: null }, { textDocument: { uri: 7 } }]) {
    expect(await codeOf('textDocument/hover', params)).toBe(ErrorCodes.InvalidParams);
  }
  expect(await codeOf('textDocument/hover', { textDocument: at.textDocument })).toBe(ErrorCodes.InvalidParams);
  expect(await codeOf('textDocument/hover', at), 'the server still answers').toBeUndefined();
  expect(await codeOf('shutdown')).toBeUndefined();
  expect(await codeOf('textDocument/hover', at)).toBe(ErrorCodes.InvalidRequest);
  expect(editor.log).toEqual([]);
});

test('what is no JSON is refused, and the next message is answered', async () => {
  const child = server('--stdio');
  for (const broken of ['{"not": json', '[]', 'null', '7', '""', '{}', '{"jsonrpc":"1.0","id":9}', '\u0000', '[[[[']) {
    child.stdin!.write(frame(broken));
  }
  child.stdin!.write(initialize);
  expect(await answerTo(1, child)).toHaveProperty('result.capabilities');
});

test.each([
  ['no length', 'Content-Type: x\r\n\r\n{}'],
  ['a length that is no number', 'Content-Length: many\r\n\r\n{}'],
  ['a negative length', frame('{}', -5)],
  ['a length that is too short', frame('{"jsonrpc":"2.0","id":1,"method":"shutdown"}', 9)],
  ['a length of 0', frame('', 0)],
  ['a header without an end', 'x'.repeat(100_000)],
])('a header with %s: the process lives on or ends with 1, and does not hang', async (_, header) => {
  const child = server('--stdio');
  child.stdin!.on('error', () => {}); // it may have ended while we write
  child.stdin!.write(header);
  child.stdin!.end(initialize);
  expect(await exitCode(child)).toBe(1);
});

test('a message that is cut off', async () => {
  const child = server('--stdio');
  child.stdin!.end(frame(initialize, 1_000_000_000));
  expect(await exitCode(child)).toBe(1);
});

test('a message of 100 MB, after which the server answers as before', { timeout: 120_000 }, async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const editor = await editorOver(server('--stdio')).start({ folders: [root] });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  const text = `${compose}# ${'x'.repeat(times(20, 100) * 1024 * 1024)}\n`;
  await editor.open(root + '/big/compose.yaml', text);
  await editor.close(root + '/big/compose.yaml');
  await editor.settled();
  expect(editor.squiggles(root + '/compose.yaml')).toEqual([wrongPort]);
  expect(await editor.hover(root + '/compose.yaml', 4, 11)).toContain('9007');
});

test.each([
  ['exit after shutdown', ['shutdown'], 0],
  ['exit without shutdown', [], 1],
  ['requests between shutdown and exit', ['shutdown', 'textDocument/hover', 'shutdown', 'initialize'], 0],
])('%s', async (_, methods, code) => {
  const child = server('--stdio');
  const editor = await editorOver(child).start({});
  for (const method of methods) await editor.connection.sendRequest(method, {}).catch(() => {});
  await editor.connection.sendNotification('exit');
  expect(await exitCode(child)).toBe(code);
});

test('the process is gone within 5 seconds after its parent', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const child = server('--stdio');
  const parameters = { processId: parent.pid };
  const editor = await editorOver(child).start({ folders: [root], parameters });
  await editor.sees(root + '/compose.yaml', [wrongPort]);
  parent.kill('SIGKILL');
  const killed = performance.now();
  expect(await exitCode(child)).toBe(1);
  expect(performance.now() - killed).toBeLessThan(5000);
});

test('a client that goes away in the middle of its requests leaves no process behind', async () => {
  const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
  const child = server('--stdio');
  const editor = await editorOver(child).start({ folders: [root] });
  const textDocument = { uri: uriOf(root + '/compose.yaml') };
  for (let n = 0; n < 100; n++) {
    const params = { textDocument, position: { line: 4, character: 11 } };
    void editor.connection.sendRequest('textDocument/hover', params).catch(() => {});
  }
  child.stdout!.destroy();
  child.stdin!.end();
  expect(await exitCode(child)).toBe(1);
});
