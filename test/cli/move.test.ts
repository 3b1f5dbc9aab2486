import { chmodSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';

const portolan = commandLine();

const harbour = {
  'PORTS.md': '# Ports\n\n| Service | Port |\n| --- | --- |\n| stock-api | 9120 |\n| quay-web | 9130 |\n',
  'compose.yaml': 'services:\n  stock-api:\n    image: example/stock-api\n    ports:\n      - "9120:80"\n',
};

/** A folder with the harbour in it, that is a workspace of its own. */
const workspace = (more: Record<string, string> = {}) =>
  folderWith({ ...harbour, 'portolan.yaml': 'rules: {}\n', ...more });
const texts = (root: string) => Object.keys(harbour).map((name) => readFileSync(`${root}/${name}`, 'utf8'));

describe('portolan move', () => {
  test('prints the change as a diff and writes nothing', () => {
    const root = workspace();
    expect(portolan(root, ['move', 'stock-api', '9121'])).toEqual({
      status: 0,
      out: `--- a/PORTS.md
+++ b/PORTS.md
@@ -2,5 +2,5 @@
 
 | Service | Port |
 | --- | --- |
-| stock-api | 9120 |
+| stock-api | 9121 |
 | quay-web | 9130 |
--- a/compose.yaml
+++ b/compose.yaml
@@ -2,4 +2,4 @@
   stock-api:
     image: example/stock-api
     ports:
-      - "9120:80"
+      - "9121:80"
`,
      err: 'portolan: Would move stock-api from 9120 to 9121, at 2 places in 2 files.\n',
    });
    expect(texts(root)).toEqual(Object.values(harbour));
  });

  test('writes the files when told to', () => {
    const root = workspace();
    expect(portolan(root, ['move', '--write', 'stock-api', '9121'])).toEqual({
      status: 0,
      out: '',
      err: 'portolan: Moved stock-api from 9120 to 9121, at 2 places in 2 files.\n',
    });
    expect(texts(root)).toEqual(Object.values(harbour).map((text) => text.replace('9120', '9121')));
  });

  test('refuses in one sentence and writes nothing', () => {
    const root = workspace();
    expect(portolan(root, ['move', 'stock-api', '9130', '--write'])).toEqual({
      status: 1,
      out: '',
      err: 'portolan: 9130 is given to "quay-web" (PORTS.md:6).\n',
    });
    expect(texts(root)).toEqual(Object.values(harbour));
  });

  test('asks which of several is meant, and takes the answer', () => {
    const one = (port: number) =>
      `services:\n  buoy:\n    image: example/buoy\n    ports: ["${port}:80", "${port + 1}:81"]\n`;
    const root = workspace({ 'north/compose.yaml': one(9300), 'south/compose.yaml': one(9400) });
    expect(portolan(root, ['move', 'buoy', '9500'])).toMatchObject({
      status: 1,
      err: 'portolan: buoy may be 9300 (north/compose.yaml:4), 9301 (north/compose.yaml:4), 9400 (south/compose.yaml:4) or 9401 (south/compose.yaml:4); say which with --from PORT or --path PATH.\n',
    });
    const { refused } = JSON.parse(portolan(root, ['move', 'buoy', '9500', '--format', 'json']).out);
    expect(refused).toMatch(/; say which with --from PORT or --path PATH\.$/);
    const run = portolan(root, ['move', 'buoy', '9500', '--path', 'south', '--from', '9401']);
    expect(run).toMatchObject({ status: 0, err: expect.stringContaining('Would move buoy from 9401 to 9500') });
    expect(run.out).toContain('+    ports: ["9400:80", "9500:81"]');
  });

  test('moves nothing where one of the files may not be written', () => {
    const root = workspace();
    chmodSync(`${root}/compose.yaml`, 0o444);
    expect(portolan(root, ['move', 'stock-api', '9121', '--write'])).toEqual({
      status: 1,
      out: '',
      err: 'portolan: Nothing is moved: compose.yaml is read-only.\n',
    });
    expect(texts(root)).toEqual(Object.values(harbour));
  });

  test('says how it is to be called', () => {
    const root = workspace();
    expect(portolan(root, ['move', 'stock-api'])).toMatchObject({
      status: 2,
      err: 'portolan: Name a service and its new port, such as portolan move human-task 9010.\n',
    });
    expect(portolan(root, ['move', 'stock-api', '9121', '--from', 'x'])).toMatchObject({
      status: 2,
      err: 'portolan: --from x is not a port; give the number of the port to leave.\n',
    });
  });
});
