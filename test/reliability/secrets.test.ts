import { describe, expect, test } from 'vitest';
import { run } from '../../server/src/cli/run.ts';
import { read } from '../../server/src/core/analyze.ts';
import { folderWith } from '../support/disk.ts';
import { editorOver } from '../support/editor.ts';
import { bundledServer } from '../support/program.ts';
import { reports } from '../support/reports.ts';
import { SECRET, secrets, treasure } from '../support/treasure.ts';

/** What stands in files beside the ports, such as passwords, is told to nobody and kept nowhere. */

const server = bundledServer();

/** Those lines of a text that tell a secret. */
function told(text: string): string[] {
  return text.split('\n').filter((line) => SECRET.test(line));
}

test('there are enough secrets', () => {
  expect(new Set(secrets).size).toBeGreaterThan(40);
});

describe('nothing is told', () => {
  const commands = [
    ...reports,
    ...[['next'], ['move', 'mole', '9799', '--from', '9702']],
    ...['pier', 'quay', 'mole', 'lock', 'weir', 'dock', 'hush', '9720', '9731', '9700'].flatMap((asked) => [
      ['who', asked],
      ['who', asked, '--format', 'json'],
    ]),
    ['move', 'mole', '9799', '--from', '9702', '--format', 'json'],
    ...Object.entries(treasure).flatMap(([file, text]) =>
      text
        .split('\n')
        .slice(0, -1)
        .map((_, n) => ['facts', '--explain', `${file}:${n + 1}`]),
    ),
  ];
  test.each(commands.map((args) => [args.join(' '), args] as const))('by %s', async (_, args) => {
    const cwd = folderWith({ ...treasure, '.git/HEAD': '' });
    let said = '';
    const out = (text: string) => {
      said += text;
    };
    await run(args, {
      cwd,
      input: () => '',
      out,
      tell: (sentence) => out(`${sentence}\n`),
      style: (_look, text) => text,
    });
    expect(said).not.toBe('');
    expect(told(said)).toEqual([]);
  });

  test('by the server, in whatever it says', async () => {
    const root = folderWith(treasure);
    const child = server('--stdio');
    let said = '';
    child.stdout!.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.stderr!.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    const settings = { codeLens: { enabled: true }, inlayHints: { enabled: true } };
    const parameters = { trace: 'verbose' };
    const editor = await editorOver(child, settings).start({ folders: [root], parameters });
    await editor.connection.sendNotification('$/setTrace', { value: 'verbose' });
    for (const [name, text] of Object.entries(treasure)) {
      const path = `${root}/${name}`;
      const lines = text.split('\n');
      await editor.open(path, text);
      const whole = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
      for (const method of ['documentSymbol', 'codeLens', 'documentLink']) await editor.ask(method, path);
      await editor.ask('inlayHint', path, { range: whole });
      for (const [line, { length }] of lines.entries()) {
        const end = { line, character: length };
        await editor.codeActions(path, { start: { line, character: 0 }, end });
        for (let character = 0; character <= length; character += 3) {
          await editor.hover(path, line, character);
          await editor.ask('completion', path, { position: { line, character } });
        }
      }
    }
    for (const method of [
      'workspace/symbol',
      'portolan/overview',
      'portolan/services',
      'portolan/fixAll',
      'portolan/status',
    ]) {
      await editor.connection.sendRequest(method, { query: 'hush' });
    }
    await editor.connection.sendRequest('portolan/draft', { folder: `file://${root}` });
    expect(said.length).toBeGreaterThan(10_000);
    expect(told(said.replaceAll(/Content-Length/g, '\n'))).toEqual([]);
  });
});

test('nothing is kept', () => {
  for (const [name, text] of Object.entries(treasure)) {
    const facts = read(`/harbour/${name}`, text);
    expect(facts, name).toBeDefined();
    expect(told(JSON.stringify(facts, null, 1)), name).toEqual([]);
  }
});
