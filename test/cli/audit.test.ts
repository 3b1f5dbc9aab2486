import { expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();

const files = {
  'PORTS.md': `${registry}| tide-gauge  | 9020      |\n| ice-watch   | 9030      |\n`,
  'compose.yaml': `${compose}  crane:\n    ports: ["9020:80"]\n  ferry:\n    ports: ["9040:80"]\n`,
};

test('audit tells of every assignment what is there, and what is not registered', () => {
  const run = portolan(folderWith(files), ['audit']);
  expect(run).toMatchObject({ status: 1, err: '' });
  expect(run.out).toMatchInlineSnapshot(`
    "PORTS.md
      9006  billing-api  differs: 9007 at compose.yaml:5
      9010  reports-web  compose.yaml:9
      9020  tide-gauge   taken: by crane at compose.yaml:11
      9030  ice-watch    unused
      9040  ferry        not registered: compose.yaml:13
      1 used, 1 on another port, 1 taken by others, 1 unused; 1 published and not registered
    "
  `);
});

test('audit prints markdown and JSON', () => {
  const root = folderWith(files);
  expect(portolan(root, ['audit', '--format', 'markdown']).out).toMatchInlineSnapshot(`
    "## PORTS.md

    | Port | Service | Used |
    | ---: | --- | --- |
    | 9006 | billing-api | differs: 9007 at compose.yaml:5 |
    | 9010 | reports-web | compose.yaml:9 |
    | 9020 | tide-gauge | taken: by crane at compose.yaml:11 |
    | 9030 | ice-watch | unused |
    | 9040 | ferry | not registered: compose.yaml:13 |

    1 used, 1 on another port, 1 taken by others, 1 unused; 1 published and not registered
    "
  `);
  const [audit] = JSON.parse(portolan(root, ['audit', '--format', 'json']).out);
  expect(audit).toMatchObject({ registry: 'PORTS.md', agrees: false });
  expect(audit.assignments[0]).toEqual({
    file: 'PORTS.md',
    line: 5,
    column: 17,
    port: 9006,
    endPort: null,
    side: 'host',
    service: 'billing-api',
    standing: 'differs',
    uses: [],
    instead: [{ file: 'compose.yaml', line: 5, column: 10, port: 9007, service: 'billing-api' }],
  });
  expect(audit.unregistered).toEqual([{ file: 'compose.yaml', line: 13, column: 14, port: 9040, service: 'ferry' }]);
});

test('audit is content when all agree, and wants a registry', () => {
  const agreeing = { 'PORTS.md': registry, 'compose.yaml': compose.replace('9007', '9006') };
  expect(portolan(folderWith(agreeing), ['audit'])).toMatchObject({ status: 0, err: '' });
  const none = portolan(folderWith({ 'compose.yaml': compose }), ['audit']);
  expect(none).toMatchObject({ status: 1, out: '' });
  expect(none.err).toContain('There is no registry here that governs a file with ports.');
  expect(portolan(folderWith(agreeing), ['audit', '--format', 'xml']).status).toBe(2);
});

test('unused-claim is off unless set', () => {
  const root = folderWith(files);
  expect(portolan(root, ['check']).out).not.toContain('unused-claim');
  const found = portolan(root, ['check', '--rule', 'unused-claim=warning']).out;
  expect(found).toContain('Nothing uses 9030, which is given to "ice-watch" here.  unused-claim');
  expect(found.match(/unused-claim/g)).toHaveLength(1);
});
