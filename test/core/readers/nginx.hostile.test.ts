import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nginx } from '../../../server/src/core/readers/nginx.ts';
import { growthOver, isLinear } from '../../support/growth.ts';

const SAMPLE = `
map $host $up { default http://shop:8000; "~^a{2}" http://admin:8001; }
upstream tasks { server tasks:9006 weight=2; server 10.0.0.7:9007; }
server {
  listen 80; listen [::]:8443 ssl; listen 9000-9010; listen \${PORT};
  set $port 9100; # a comment "with a quote
  content_by_lua_block { local t = { "}" } }
  location / { proxy_pass http://$x:$port; add_header X 'a\\'b'; }
  location /t { proxy_pass $up; grpc_pass grpc://[::1]:50051; {{ placeholder }} }
}
`;

const piece = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    ';',
    '"',
    "'",
    '\\',
    '#',
    '$',
    '${',
    '{{',
    '}}',
    '{%',
    '\n',
    '\r',
    ' ',
    ':',
    '[[',
    '--',
    '_by_lua_block {',
  ),
  fc.constantFrom(
    'listen',
    'server',
    'upstream',
    'set',
    'proxy_pass',
    '99999',
    '0',
    '8080-80',
    '${A:-80}',
    'http://',
    'é',
    '\uD800',
  ),
  fc.string({ maxLength: 6 }),
);
const edits = fc.array(fc.tuple(fc.nat(SAMPLE.length), fc.nat(20), piece), { maxLength: 12 });

function edited(changes: readonly (readonly [number, number, string])[]): string {
  return changes.reduce((text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length), SAMPLE);
}

test('however it is edited, it reads, and every span holds the digits', () => {
  fc.assert(
    fc.property(edits, (changes) => {
      const text = edited(changes);
      for (const { span, port, endPort, via } of nginx.read(text, 'a.conf.template')?.uses ?? []) {
        const written = text.slice(span.start, span.end);
        if (port === null) expect(written.replace(/[${}]/g, '')).toBe(via?.[0]);
        else
          expect([...new Set(written.split('-').map(Number))]).toEqual(
            endPort === undefined ? [port] : [port, endPort],
          );
      }
    }),
    { numRuns: 2000 },
  );
});

test('spaces that nginx does not know are letters, and the text ends', () => {
  for (const space of ['\u00A0', '\u2028', '\f', '\v', '\uFEFF']) {
    const facts = nginx.read(`server { listen 80; listen${space}81; ${space} }\nserver { listen 82; }`, 'a.conf');
    expect(facts?.uses.map(({ port }) => port)).toEqual([80, 82]);
  }
});

test('lines that have nothing to do with ports change nothing, wherever they stand', () => {
  const facts = (text: string) => {
    const { uses = [], nginx: flow } = nginx.read(text, 'a.conf') ?? {};
    return { uses: uses.map(({ span: _, ...use }) => use), hosts: flow?.routes.map(({ host }) => host) };
  };
  const other = fc.constantFrom(
    'gzip on;',
    'etag off; autoindex on;',
    'types { text/html html; }',
    'add_header "a;" b;',
  );
  const lines = SAMPLE.split('\n');
  fc.assert(
    fc.property(fc.nat(lines.length), other, (at, line) => {
      const text = [...lines.slice(0, at), line, ...lines.slice(at)].join('\n');
      expect(facts(text)).toEqual(facts(SAMPLE));
    }),
  );
});

describe('large files take time in proportion', () => {
  const cases: Record<string, string> = {
    'open braces': '{'.repeat(1_000_000),
    'double braces': '{{ '.repeat(300_000),
    statements: '{%'.repeat(500_000),
    'closing braces': '}'.repeat(1_000_000),
    semicolons: ';'.repeat(1_000_000),
    'open quotes': 'a "\n'.repeat(250_000),
    'two kinds of quotes': `a "x\nb 'y\n`.repeat(100_000),
    backslashes: '\\'.repeat(1_000_000),
    spaces: `listen${' '.repeat(1_000_000)}`,
    'open Lua': 'a_by_lua_block {'.repeat(60_000),
    'Lua brackets': `a_by_lua_block {${'[=[='.repeat(250_000)}`,
    'one long word': `proxy_pass http://${'a'.repeat(1_000_000)}:80x;`,
    'many colons': `proxy_pass http://${'a:1'.repeat(300_000)};`,
    'open variables': `proxy_pass ${'${'.repeat(500_000)};`,
    'nested blocks': 'server { '.repeat(100_000),
    locations: 'location /x { proxy_pass http://web:3000; }\n'.repeat(25_000),
    'one variable over and over': 'set $a http://b:80; proxy_pass $a; set $p 81; proxy_pass http://c:$p;'.repeat(
      10_000,
    ),
    'a chain of variables':
      Array.from({ length: 50_000 }, (_, i) => `set $a${i + 1} $a${i};`).join('\n') + 'proxy_pass $a50000;',
  };
  test.each(Object.entries(cases))('%s', async (_, text) => {
    const read = (part: string) => nginx.read(`server { listen 80; }\n${part}`, 'a.conf');
    expect(await growthOver(text, read)).toSatisfy(isLinear);
  });
});
