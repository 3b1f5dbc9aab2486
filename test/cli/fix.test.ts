import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { write } from '../../server/src/cli/fix.ts';
import { openWorkspace } from '../../server/src/cli/workspace.ts';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();

/** Fixes a compose file with these bytes and gives the bytes that it has afterwards. */
function fixed(bytes: string | Buffer): { bytes: Buffer; err: string; status: number | null } {
  const root = folderWith({ 'PORTS.md': registry });
  writeFileSync(`${root}/compose.yaml`, bytes);
  const { err, status } = portolan(root, ['check', '--fix']);
  return { bytes: readFileSync(`${root}/compose.yaml`), err, status };
}

describe('--fix', () => {
  test('changes the port and no other byte', () => {
    const awkward = {
      'a plain file': compose,
      'CRLF line ends': compose.replaceAll('\n', '\r\n'),
      'a byte order mark': `\ufeff${compose}`,
      'no line end at the end': compose.trimEnd(),
      'signs of two units before the port': compose.replace('- "', '- &🚢 "'),
      'mixed line ends, tabs and trailing blanks': compose.replace('\n', ' \t\r\n').replace(/\n$/, '\r\n  \n\n# 港'),
    };
    for (const [what, before] of Object.entries(awkward)) {
      const run = fixed(before);
      expect(run.bytes.toString(), what).toBe(before.replace('9007', '9006'));
      expect(run, what).toMatchObject({ status: 0, err: 'portolan: Fixed compose.yaml.\n' });
    }
  });

  test('leaves a file alone that is not valid UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(compose), Buffer.from('# caf\xe9\n', 'latin1')]);
    const run = fixed(bytes);
    expect(run.bytes).toEqual(bytes);
    expect(run).toMatchObject({ status: 1, err: 'portolan: compose.yaml is not fixed: it is not valid UTF-8.\n' });
  });

  test('leaves a file alone that may not be written', () => {
    const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
    chmodSync(`${root}/compose.yaml`, 0o444);
    expect(portolan(root, ['check', '--fix'])).toMatchObject({
      status: 1,
      err: 'portolan: compose.yaml is not fixed: it is read-only.\n',
    });
    expect(readFileSync(`${root}/compose.yaml`, 'utf8')).toBe(compose);
  });

  test('leaves a link alone, and what it points to', () => {
    const elsewhere = folderWith({ 'real.yaml': compose });
    const root = folderWith({ 'PORTS.md': registry });
    symlinkSync(`${elsewhere}/real.yaml`, `${root}/compose.yaml`);
    expect(portolan(root, ['check', '--fix', 'compose.yaml'])).toMatchObject({
      status: 1,
      err: 'portolan: compose.yaml is not fixed: it is a link.\n',
    });
    expect(lstatSync(`${root}/compose.yaml`).isSymbolicLink()).toBe(true);
    expect(readFileSync(`${elsewhere}/real.yaml`, 'utf8')).toBe(compose);
  });

  test('keeps the mode of a file and leaves nothing else behind', () => {
    const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
    chmodSync(`${root}/compose.yaml`, 0o640);
    expect(portolan(root, ['check', '--fix']).status).toBe(0);
    expect(statSync(`${root}/compose.yaml`).mode & 0o777).toBe(0o640);
    expect(readdirSync(root).sort()).toEqual(['PORTS.md', 'compose.yaml']);
  });

  test('prints what remains', () => {
    const stranger = `${compose}  stranger:\n    image: example/stranger\n    ports:\n      - "9010:80"\n`;
    const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': stranger });
    const run = portolan(root, ['check', '--fix', '-f', 'jsonl']);
    expect(run.status).toBe(1);
    expect(readFileSync(`${root}/compose.yaml`, 'utf8')).toBe(stranger.replace('9007', '9006'));
    expect(run.out).toContain('stranger');
    expect(run.out).not.toContain('9007');
  });

  test('does nothing the second time', () => {
    const root = folderWith({ 'PORTS.md': registry, 'compose.yaml': compose });
    portolan(root, ['check', '--fix']);
    const before = statSync(`${root}/compose.yaml`);
    expect(portolan(root, ['check', '--fix'])).toMatchObject({ status: 0, err: '' });
    expect(statSync(`${root}/compose.yaml`).ino).toBe(before.ino);
  });

  test('writes nothing at all when a file has been changed in the meantime', async () => {
    const root = folderWith({ 'PORTS.md': registry, 'a.txt': 'one', 'b.txt': 'two' });
    const workspace = await openWorkspace([], root);
    const change = (path: string, before: string) => ({ path: `${root}/${path}`, before, after: 'new' });
    expect(() => write([change('a.txt', 'one'), change('b.txt', 'older')], workspace)).toThrow(
      'b.txt has just been changed by someone else; run the check again.',
    );
    expect(readFileSync(`${root}/a.txt`, 'utf8')).toBe('one');
  });

  test('looks again before each file, as writing the others takes its time', async () => {
    const root = folderWith({ 'PORTS.md': registry, 'a.txt': 'one', 'b.txt': 'one' });
    const workspace = await openWorkspace([], root);
    const change = (after: string) => ({ path: `${root}/a.txt`, before: 'one', after });
    expect(() => write([change('new'), change('newer')], workspace)).toThrow('a.txt has just been changed');
    expect(readFileSync(`${root}/a.txt`, 'utf8')).toBe('new');
    rmSync(`${root}/a.txt`);
    symlinkSync(`${root}/b.txt`, `${root}/a.txt`);
    expect(() => write([change('new')], workspace)).toThrow('a.txt has just been changed');
    expect(lstatSync(`${root}/a.txt`).isSymbolicLink()).toBe(true);
  });

  test('leaves another name of the file as it is', () => {
    const elsewhere = folderWith({ 'compose.yaml': compose });
    const root = folderWith({ 'PORTS.md': registry });
    linkSync(`${elsewhere}/compose.yaml`, `${root}/compose.yaml`);
    expect(portolan(root, ['check', '--fix']).status).toBe(0);
    expect(readFileSync(`${root}/compose.yaml`, 'utf8')).toBe(compose.replace('9007', '9006'));
    expect(readFileSync(`${elsewhere}/compose.yaml`, 'utf8')).toBe(compose);
  });
});

describe('--fix-dry-run', () => {
  test('prints a patch and changes nothing', () => {
    const root = folderWith({ 'PORTS.md': registry, 'deploy/compose.yaml': compose.trimEnd() });
    const run = portolan(root, ['check', '--fix-dry-run']);
    expect(run).toMatchObject({ status: 1, err: '' });
    expect(run.out).toMatchInlineSnapshot(`
      "--- a/deploy/compose.yaml
      +++ b/deploy/compose.yaml
      @@ -2,7 +2,7 @@
         billing-api:
           image: example/billing-api
           ports:
      -      - "9007:8000"
      +      - "9006:8000"
         reports-web:
           image: example/reports-web
           ports:
      "
    `);
    expect(readFileSync(`${root}/deploy/compose.yaml`, 'utf8')).toBe(compose.trimEnd());
  });

  test('shows nothing around a port in a dotenv file', () => {
    const root = folderWith({
      'PORTS.md': registry,
      'compose.yaml': compose.replace('9007', '${BILLING_PORT}'),
      '.env': 'A=hunter1\nBILLING_PORT=9007\nB=hunter2\n',
    });
    expect(portolan(root, ['check', '--fix-dry-run']).out).toBe(
      '--- a/.env\n+++ b/.env\n@@ -2,1 +2,1 @@\n-BILLING_PORT=9007\n+BILLING_PORT=9006\n',
    );
  });

  test('prints nothing when there is nothing to fix', () => {
    const root = folderWith({ 'PORTS.md': registry });
    expect(portolan(root, ['check', '--fix-dry-run'])).toEqual({ status: 0, out: '', err: '' });
  });
});
