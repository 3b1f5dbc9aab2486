import { expect, test } from 'vitest';
import { type Entry, outlineOf } from '../../../server/src/core/features/outline.ts';
import { symbolsFor } from '../../../server/src/core/features/symbols.ts';
import { filesOf, finish, indexOf } from '../../support/workspace.ts';

/** The outline of a file, an entry a line, with what is selected when it is gone to. */
function outline(path: string, text: string): string[] {
  const files = filesOf(`--- ${path}\n${text}`);
  const written = files.get(path)!;
  const lines = (entry: Entry, depth: number): string[] => {
    const { kind, name, detail, span, selection, children } = entry;
    expect(span.start <= selection.start && selection.end <= span.end, `${name} holds what it selects`).toBe(true);
    for (const { span: inner } of children) expect(span.start <= inner.start && inner.end <= span.end).toBe(true);
    const selected = written.slice(selection.start, selection.end);
    const told = `${'  '.repeat(depth)}${kind} ${name}${detail ? ` (${detail})` : ''}: ${selected}`;
    return [told, ...children.flatMap((child) => lines(child, depth + 1))];
  };
  return outlineOf(indexOf(files).file(path)!).flatMap((entry) => lines(entry, 0));
}

test('the outline of a registry has its claims under their headings', () => {
  const registry = `# Ports

## Berths

| Service   | Host port | Environment |
|-----------|-----------|-------------|
| berth-api | 9006      | dev         |
| berth-web | 9007      |             |

## Cranes

Range 9100-9199

| Service   | Port |
|-----------|------|
| crane-api | 9100 |
`;
  expect(outline('PORTS.md', registry)).toEqual([
    'section Ports: 9006',
    '  section Berths: 9006',
    '    claim 9006 · berth-api (host side, dev): 9006',
    '    claim 9007 · berth-web (host side): 9007',
    '  section Cranes: 9100',
    '    claim 9100 · crane-api: 9100',
  ]);
  expect(outline('ports.yaml', 'berths:\n  berth-api: 9006\n')).toEqual([
    'section berths: 9006',
    '  claim 9006 · berth-api: 9006',
  ]);
});

test('the outline of nginx has its servers and upstream groups', () => {
  const nginx = `upstream berth {
  server berth-api:8000;
  server 10.0.0.7:8000;
}
server {
  listen 80;
  listen 443 ssl;
  server_name berth.example.com www.berth.example.com;
  location / { proxy_pass http://berth; }
}
server { listen 8081;
`;
  expect(outline('nginx.conf', nginx)).toEqual([
    'upstream berth: berth',
    '  member berth-api:8000: berth-api',
    '  member 10.0.0.7:8000: 10.0.0.7',
    'server berth.example.com www.berth.example.com (:80 :443): berth.example.com www.berth.example.com',
    'server server (:8081): server',
  ]);
});

test('a compose file and a document that only mentions ports have none', () => {
  expect(outline('compose.yaml', 'services:\n  berth-api:\n    image: x\n    ports: ["9006:80"]\n')).toEqual([]);
  const files = filesOf(`
    --- PORTS.md
    # Ports

    | Service   | Port |
    |-----------|------|
    | berth-api | 9006 |
    --- README.md
    # Harbour

    | Service   | Port |
    |-----------|------|
    | berth-api | 9006 |
  `);
  expect(outlineOf(indexOf(files).file('README.md')!)).toEqual([]);
});

const workspace = indexOf(
  filesOf(`
    --- docs/PORTS.md
    # Ports

    | Service            | Host port |
    |--------------------|-----------|
    | Human Task Service | 9006      |
    | Été Planner        | 9106      |
    --- compose.yaml
    services:
      humanTask:
        image: x
        ports: ["\${HUMAN_PORT:-9006}:8000", "9016:8001"]
      database:
        image: x
  `),
);

function named(query: string): string[] {
  return finish(symbolsFor(query, workspace)).map(({ kind, name, container }) => `${kind} ${name} in ${container}`);
}

test('claims and services that publish ports are found by words and digits', () => {
  const claim = 'claim 9006 · Human Task Service in docs/PORTS.md';
  const service = 'service humanTask · 9006, 9016 in compose.yaml';
  expect(named('9006')).toEqual([claim, service]);
  expect(named('900')).toEqual([claim, service]);
  expect(named('human task')).toEqual([claim, service]);
  expect(named('HUMAN-T')).toEqual([claim, service]);
  expect(named('task 9016')).toEqual([service]);
  expect(named('ete')).toEqual(['claim 9106 · Été Planner in docs/PORTS.md']);
  expect(named('006')).toEqual([]);
  expect(named('database')).toEqual([]);
  expect(named('')).toHaveLength(3);
});

test('no more symbols are given than anybody reads', () => {
  const rows = Array.from({ length: 300 }, (_, n) => `| berth-${n} | ${9000 + n} |`).join('\n');
  const many = indexOf(new Map([['PORTS.md', `# Ports\n\n| Service | Port |\n|---|---|\n${rows}\n`]]));
  expect(finish(symbolsFor('berth', many))).toHaveLength(200);
});
