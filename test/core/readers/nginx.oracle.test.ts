import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { nginx } from '../../../server/src/core/readers/nginx.ts';

/** What nginx itself says of a configuration. Names are addresses here, for `nginx -t` looks them up. */
const command = ['nginx', '/usr/sbin/nginx'].find((name) => spawnSync(name, ['-v']).status === 0);
const folder = mkdtempSync(join(tmpdir(), 'portolan-nginx-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function loads(fragment: string): boolean {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  const file = join(folder, 'nginx.conf');
  mkdirSync(join(folder, 'logs'), { recursive: true });
  writeFileSync(
    file,
    `pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; ${paths.join(' ')}\n${fragment}\n}`,
  );
  return spawnSync(command!, ['-t', '-p', folder, '-c', file, '-e', 'stderr']).status === 0;
}

function read(fragment: string) {
  const { uses, problems } = nginx.read(fragment, 'default.conf.template')!;
  return { ports: uses.map(({ port, endPort }) => (endPort === undefined ? port : `${port}-${endPort}`)), problems };
}

describe.skipIf(command === undefined)('nginx itself', () => {
  test.each([
    [
      'quotes and escapes',
      'server { listen "18080"; location "/a{2}" { proxy_pass "http://127.0.0.1:3000"; } }',
      [18080, 3000],
    ],
    [
      'comments',
      'server { listen 18081;# listen 1;\nserver_name a#b; #}\nlocation / { return 200 "; listen 2;"; } }',
      [18081],
    ],
    ['ranges', 'server { listen 127.0.0.1:18082-18084; }', ['18082-18084']],
    [
      'one line',
      'upstream a{server 127.0.0.1:9000;}server{listen 18085;location /{proxy_pass http://a;}}',
      [9000, 18085],
    ],
    [
      'variables',
      'server { listen 18086; set $p 9006; location / { proxy_pass http://127.0.0.1:${p}; } }',
      [18086, 9006],
    ],
    ['strings over lines', "server { listen 18087; add_header X 'a\n  listen 3;\n'; }", [18087]],
    [
      'conditions',
      'server { listen 18088; if ($host = "a") { set $u http://127.0.0.1:81; } location / { proxy_pass $u; } }',
      [18088, 81],
    ],
    ['a brace at the end of a word', 'server { listen 18089; server_name a}; listen 18090; }', [18089, 18090]],
    [
      'maps',
      'map $host $m { default 127.0.0.1:82; "~^a{2}" 127.0.0.1:83; } server { listen 18091; location / { proxy_pass http://$m; } }',
      [18091, 82, 83],
    ],
  ])('accepts %s', (_, fragment, ports) => {
    expect(loads(fragment)).toBe(true);
    expect(read(fragment)).toEqual({ ports, problems: [] });
  });

  test.each([
    'server { listen 0; }',
    'server { listen 65536; }',
    'server { listen 127.0.0.1:18099-18092; }',
    'server { listen ${PORT:-18092}; }',
    'upstream a { server 127.0.0.1:0; }',
    'server { location / { proxy_pass http://127.0.0.1:70000; } }',
  ])('refuses what is called a problem: %s', (fragment) => {
    expect(loads(fragment)).toBe(false);
    expect(read(fragment)).toEqual({ ports: [], problems: [expect.anything()] });
  });

  test('accepts generated configurations, whose ports are all found', () => {
    fc.assert(
      fc.property(pieces(1, 12), (made) => {
        const fragment = made.map(({ text }) => text).join('\n');
        expect(loads(fragment)).toBe(true);
        const ports = made.flatMap((one) => one.ports);
        const found = read(fragment);
        expect(found.problems).toEqual([]);
        expect(new Set(found.ports)).toEqual(new Set(ports));
      }),
      { numRuns: 60 },
    );
  });

  test('refuses a generated configuration with one port that is none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...broken), pieces(0, 3), (wrong, around) => {
        const fragment = [...around.map(({ text }) => text), wrong].join('\n');
        expect(loads(fragment)).toBe(false);
        expect(read(fragment).problems).toHaveLength(1);
      }),
      { numRuns: 40 },
    );
  });
});

/** Ports above those that the examples use, so that a range does not run into another listener. */
const freePort = fc.integer({ min: 20, max: 600 }).map((tens) => tens * 100);

const parameters = fc.constantFrom('', ' default_server', ' backlog=511', ' reuseport', ' so_keepalive=on');
const filler = fc.constantFrom(
  ...["add_header X 'a;{}b';", 'server_name a.example "~^b{2}\\.example$";', '# listen 1;\n', 'return 200 "\\";{";'],
  ...['error_page 500 502 /50x.html;', "log_subrequest off; #' {", 'server_name "c d";', ''],
);

/** A block with what it listens on and where it sends traffic. */
const piece = fc
  .record({ port: freePort, target: fc.integer({ min: 1, max: 65_535 }), parameters, filler, kind: fc.nat(8) })
  .map(({ port, target, parameters, filler, kind }) => {
    const to = `127.0.0.1:${target}`;
    const name = `n${port}`;
    const server = (listen: string, body = '') =>
      `server {\n  listen ${listen}${parameters};\n  ${filler}\n  ${body}\n}`;
    const pass = (url: string) => `location / { proxy_pass ${url}; }`;
    const kinds: readonly { text: string; ports: (number | string)[] }[] = [
      { text: server(`${port}`), ports: [port] },
      { text: server(`127.0.0.1:${port}`, pass(`http://${to}/a/`)), ports: [port, target] },
      { text: server(`*:${port}`, pass(`"http://${to}"`)), ports: [port, target] },
      { text: server(`"localhost:${port}"`, pass(`'https://${to}'`)), ports: [port, target] },
      { text: server(`127.0.0.1:${port}-${port + 9}`), ports: [`${port}-${port + 9}`] },
      {
        text: `upstream ${name} { least_conn; server ${to} weight=2; keepalive 4; }\n${server(`${port}`, pass(`http://${name}`))}`,
        ports: [target, port],
      },
      {
        text: server(`${port}`, `set $u${port} http://${to}; ${pass(`$u${port}/$request_uri`)}`),
        ports: [port, target],
      },
      {
        text: `map $uri $m${port} { default ${to}; "~^/a{2};" ${to}; }\n${server(`${port}`, pass(`http://$m${port}`))}`,
        ports: [target, port],
      },
      { text: server(`${port}`, `location ~ "^/x{1,2}$" { fastcgi_pass ${to}; }`), ports: [port, target] },
    ];
    return { port, ...kinds[kind]! };
  });

/** Pieces of one file, no two of which listen on the same port. */
function pieces(minLength: number, maxLength: number) {
  return fc.uniqueArray(piece, { minLength, maxLength, selector: ({ port }) => port });
}

const broken = [
  'server { listen 0; }',
  'server { listen 127.0.0.1:65536; }',
  'server { listen 127.0.0.1:19009-19001; }',
  'upstream broken { server 127.0.0.1:99999; }',
  'server { listen 19000; location / { proxy_pass http://127.0.0.1:70000; } }',
];
