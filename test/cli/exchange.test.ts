import { readFileSync } from 'node:fs';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import { push } from '../../server/src/core/grouped.ts';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();
const harbour = { 'PORTS.md': registry, 'compose.yaml': compose };

test('a repository tells others its claims and its published ports', () => {
  const { out, err, status } = portolan(folderWith(harbour), ['export', '--name', 'harbour/berths']);
  expect({ err, status }).toEqual({ err: '', status: 0 });
  expect(JSON.parse(out)).toEqual({
    version: 1,
    repository: 'harbour/berths',
    claims: [
      { role: 'assignment', port: 9006, service: 'billing-api', at: 'PORTS.md:5:17' },
      { role: 'assignment', port: 9010, service: 'reports-web', at: 'PORTS.md:6:17' },
    ],
    uses: [
      { port: 9007, protocol: 'tcp', service: 'billing-api', at: 'compose.yaml:5:10' },
      { port: 9010, protocol: 'tcp', service: 'reports-web', at: 'compose.yaml:9:10' },
    ],
  });
});

test('many repositories are judged together', () => {
  const folder = folderWith({
    'berths.json': portolan(folderWith(harbour), ['export', '--name', 'berths']).out,
    'cranes.json': portolan(
      folderWith({
        'PORTS.md': '# Ports\n\n| Service | Host port |\n|---|---|\n| crane-yard | 9006 |\n| reports-web | 9010 |\n',
      }),
      ['export', '--name', 'cranes'],
    ).out,
  });
  expect(portolan(folder, ['merge', '.'])).toEqual({
    status: 1,
    out: `9006 is given to different services:
  berths PORTS.md:5:17 (billing-api)
  cranes PORTS.md:5:16 (crane-yard)
9006 is given to a service, and nobody uses it:
  berths PORTS.md:5:17 (billing-api)
  cranes PORTS.md:5:16 (crane-yard)
9007 is used, and no registry gives it to anybody:
  berths compose.yaml:5:10 (billing-api)
`,
    err: 'portolan: 2 repositories with 4 claims and 2 uses; 1 port is claimed twice.\n',
  });
});

test('of a folder only the files are taken', () => {
  expect(portolan(folderWith({ 'old.json/berths.json': '{}' }), ['merge', '.'])).toMatchObject({ status: 0, out: '' });
});

test.each([
  ['[]', 'is not an export of Portolan'],
  ['{', 'is not JSON'],
  ['{"version":2,"repository":"a"}', 'has the version 2, and this Portolan reads version 1'],
  [
    '{"version":1,"repository":"a","claims":[{"port":0,"at":""}],"uses":[]}',
    'has a claim or use without a port and a place',
  ],
])('%s is refused', (text, reason) => {
  const folder = folderWith({ 'a.json': text });
  expect(portolan(folder, ['merge', 'a.json'])).toEqual({
    status: 2,
    out: '',
    err: `portolan: a.json ${reason}; make it with portolan export.\n`,
  });
});

test('as a SCIP index a claim is a definition, and each use a reference', () => {
  const folder = folderWith({ ...harbour, 'anchor ⚓.env': '' });
  expect(portolan(folder, ['export', '--format', 'scip', '-o', 'index.scip'])).toMatchObject({ status: 0, err: '' });
  expect(documentsOf(readFileSync(`${folder}/index.scip`))).toEqual({
    'PORTS.md': [
      '4:16-20 definition of portolan registry ports 1 tcp/9006.',
      '5:16-20 definition of portolan registry ports 1 tcp/9010.',
    ],
    'compose.yaml': [
      '4:9-13 reference to portolan registry ports 1 tcp/9007.',
      '8:9-13 reference to portolan registry ports 1 tcp/9010.',
    ],
  });
});

/** Reads the documents of an index. https://github.com/sourcegraph/scip/blob/main/scip.proto */
function documentsOf(bytes: Uint8Array): Record<string, string[]> {
  const documents = new Map<string, string[]>();
  each(bytes, 2, (document) => {
    let path = '';
    each(document, 1, (name) => {
      path = Buffer.from(name).toString();
    });
    each(document, 2, (occurrence) => {
      let text = '';
      each(occurrence, 1, (range) => {
        const reader = new BinaryReader(range);
        text = `${reader.int32()}:${reader.int32()}-${reader.int32()}`;
      });
      const isDefinition = Buffer.from(occurrence).at(-2) === 3 << 3 && Buffer.from(occurrence).at(-1) === 1;
      each(occurrence, 2, (symbol) => {
        text += ` ${isDefinition ? 'definition of' : 'reference to'} ${Buffer.from(symbol)}`;
      });
      push(documents, path, text);
    });
  });
  return Object.fromEntries(documents);
}

/** The messages and strings of one field. */
function each(bytes: Uint8Array, field: number, take: (content: Uint8Array) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    if (number === field && type === 2) take(reader.bytes());
    else reader.skip(type);
  }
}
