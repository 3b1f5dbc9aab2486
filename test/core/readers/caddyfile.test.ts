import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { caddyfile } from '../../../server/src/core/readers/caddyfile.ts';
import { reads } from '../../support/fixture.ts';

const caddy = (picture: string) => reads(caddyfile, 'Caddyfile', picture);

describe('sites', () => {
  test('listen where their addresses say', () => {
    caddy(`
      {
        email pilot@harbour.example
        http_port 8080
                  ^^^^ listen 8080 any -
        https_port 8443
                   ^^^^ listen 8443 any -
        admin localhost:2020
                        ^^^^ listen 2020 any - address=localhost
      }
      harbour.example, www.harbour.example:8444 {
                                           ^^^^ listen 8444 any -
        respond "Port 9000"
      }
      :8000, http://localhost:8001,
       ^^^^ listen 8000 any -
                              ^^^^ listen 8001 any -
      https://*.harbour.example:8002/path {
                                ^^^^ listen 8002 any -
        root * /srv
        respond "{"
      }
      {$SITE:harbour.example}:{$SITE_PORT:8003} {
                                          ^^^^ listen 8003 any - via=SITE_PORT
      }
      localhost:{$PORT} {
                ^^^^^^^ listen ? any - via=PORT
      }
      [::1]:8004 {
            ^^^^ listen 8004 any -
      }
      harbour.example {
      }
    `);
  });

  test('may do without braces', () => {
    caddy(`
      # :1
      localhost:8080
                ^^^^ listen 8080 any -
      reverse_proxy quay:3000 # 9000
                         ^^^^ proxy 3000 container quay host=quay
      file_server
    `);
  });
});

describe('upstreams', () => {
  test('of every directive that has some, at any depth', () => {
    caddy(`
      harbour.example {
        reverse_proxy quay:3000 crane:3001
                           ^^^^ proxy 3000 container quay host=quay
                                      ^^^^ proxy 3001 container crane host=crane
        reverse_proxy /api/* http://tug:3002 {
                                        ^^^^ proxy 3002 container tug host=tug
          header_up Host {upstream_hostport}
          lb_policy first
          to pier-1:3003 h2c://pier-2:3004
                    ^^^^ proxy 3003 container pier-1 host=pier-1
                                      ^^^^ proxy 3004 container pier-2 host=pier-2
        }
        handle_path /planner/* {
          route {
            reverse_proxy @berths host.docker.internal:9007
                                                       ^^^^ proxy 9007 host - host=host.docker.internal
          }
        }
        php_fastcgi fpm:9000
                        ^^^^ proxy 9000 container fpm host=fpm
        forward_auth light:9091 {
                           ^^^^ proxy 9091 container light host=light
          uri /verify
        }
        reverse_proxy * "localhost:9008" \`127.0.0.1:9009\` :9010 [::1]:9011
                                   ^^^^ proxy 9008 host - host=localhost
                                                    ^^^^ proxy 9009 host - host=127.0.0.1
                                                           ^^^^ proxy 9010 any -
                                                                      ^^^^ proxy 9011 host - host=[::1]
        reverse_proxy unix//run/quay.sock
        redir https://harbour.example:8443{uri}
      }
      (snippet) {
        reverse_proxy {args[0]}:9000 ledger:3005
                                            ^^^^ proxy 3005 container ledger host=ledger
      }
    `);
  });

  test('may be left to variables', () => {
    caddy(`
      :80 {
       ^^ listen 80 any -
        reverse_proxy {$QUAY_HOST:quay}:{$QUAY_PORT:3000}
                                                    ^^^^ proxy 3000 container quay host=quay via=QUAY_PORT
        reverse_proxy {$UPSTREAM:crane:3001}
                                       ^^^^ proxy 3001 container crane host=crane via=UPSTREAM
        reverse_proxy quay:{$PORT}
                           ^^^^^^^ proxy ? container quay host=quay via=PORT
        reverse_proxy {$UPSTREAM}
        reverse_proxy quay:{env.PORT}
      }
    `);
  });

  test('in a part that others take in', () => {
    caddy(`
      reverse_proxy quay:3000 {
                         ^^^^ proxy 3000 container quay host=quay
        to crane:3001
                 ^^^^ proxy 3001 container crane host=crane
      }
      handle /tug* {
        reverse_proxy tug:3002
                          ^^^^ proxy 3002 container tug host=tug
      }
    `);
  });
});

test('numbers that are no ports, and texts', () => {
  caddy(`
    :70000 {
     ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
      reverse_proxy quay:0 quay:80000 quay:80-90
                                ^^^^^ problem 80000 is not a port: ports go from 1 to 65535.
      respond <<TEXT
        reverse_proxy quay:1
        TEXT 200
      respond "
        reverse_proxy quay:2 \\"
        reverse_proxy quay:3
      "
      reverse_proxy \\
        quay:3000
             ^^^^ proxy 3000 container quay host=quay
    }
  `);
});

test('what is half typed gives what is there', () => {
  caddy(`
    :80 {
     ^^ listen 80 any -
      reverse_proxy quay:3000
                         ^^^^ proxy 3000 container quay host=quay
      respond "
      handle {
        reverse_proxy crane:3001
                            ^^^^ proxy 3001 container crane host=crane
        respond <<TEXT
        reverse_proxy tug:
  `);
});

test('reading never throws, and every place holds its digits', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '\n',
    ' ',
    '"',
    '`',
    '<<A\n',
    'A',
    ':80',
    'quay:3000',
    'reverse_proxy',
    '{$P:9}',
    '\\',
    '#',
    ',',
    'to',
    '\r\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      for (const { port, span, via } of caddyfile.read(text, 'Caddyfile')!.uses) {
        const written = text.slice(span.start, span.end);
        if (via === undefined) expect(Number(written)).toBe(port);
      }
    }),
  );
});

test('names', () => {
  const wanted = ['Caddyfile', 'docker/Caddyfile.prod', 'harbour.caddyfile', 'sites/harbour.caddy'];
  const others = ['Caddyfile.md', 'caddy.json', 'caddy.Dockerfile', 'caddy/notes.txt', 'caddyfile.go'];
  expect(wanted.filter((path) => !caddyfile.wants(path))).toEqual([]);
  expect(others.filter((path) => caddyfile.wants(path))).toEqual([]);
});
