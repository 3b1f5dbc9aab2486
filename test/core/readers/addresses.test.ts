import { describe, expect, test } from 'vitest';
import { normalPath, reachOf } from '../../../server/src/core/notation/webAddress.ts';
import { nginx } from '../../../server/src/core/readers/nginx.ts';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { registryYaml } from '../../../server/src/core/readers/registryYaml.ts';
import { dedent, reads } from '../../support/fixture.ts';

describe('the addresses of a service', () => {
  test('in a table', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Port registry

      | Service | Port | Public URL | Nginx path |
      |---------|------|------------|------------|
      | Lantern | 8410 | https://lantern.example/ | |
                  ^^^^ assignment 8410 any Lantern domains=lantern.example
      | Tides | 8411 | [tides](http://tides.example) or tides.example:8411 | \`/tides/\` |
                ^^^^ assignment 8411 any Tides routes=/tides
      | Archive | 8412 | http://10.0.0.4:8412 | /archive/*, /old-archive |
                  ^^^^ assignment 8412 host Archive routes=/archive,/old-archive
      | Cranes | 8413 | http://localhost:8413 | /srv/cranes, /health |
                 ^^^^ assignment 8413 host Cranes
      | Ropes | 8414 | harbour.example/ropes | see README.md |
                ^^^^ assignment 8414 any Ropes routes=harbour.example/ropes
      `,
    );
  });

  test('in an entry of YAML, each stage with its own', () => {
    reads(
      registryYaml,
      'ports.yaml',
      `
      # Port registry
      services:
        lantern:
          prod: 8410
                ^^^^ assignment 8410 any lantern environment=prod domains=lantern.example,lamp.example
          staging: 8510
                   ^^^^ assignment 8510 any lantern environment=staging domains=beta.lantern.example,lamp.example
          domain_prod: lantern.example
          staging_domain: beta.lantern.example
          domain_aliases:
            - lamp.example
        tides:
          port: 8411
                ^^^^ assignment 8411 any tides routes=/api/tides
          route: /api/tides/**
        cranes:
          port: 8412
                ^^^^ assignment 8412 any cranes domains=cranes.*
          subdomain: cranes
      `,
    );
  });

  test.each([
    ['domains', 'lantern.example', { domains: ['lantern.example'] }],
    ['domains', 'https://LANTERN.example:443/', { domains: ['lantern.example'] }],
    ['domains', 'https://docs.sh', { domains: ['docs.sh'] }],
    ['domains', 'docs.sh and compose.yaml', {}],
    ['domains', '*.lantern.example, localhost, 10.0.0.1, <name>.example, _', {}],
    ['domains', 'https://host.docker.internal/', {}],
    ['subdomains', 'lantern', { domains: ['lantern.*'] }],
    ['subdomains', 'none so far', {}],
    ['routes', '/a, /b/:id, /c/{id}, ~ ^/d', { routes: ['/a'] }],
    ['routes', 'https://harbour.example/a/', { routes: ['harbour.example/a'] }],
    ['routes', './services/a', {}],
  ] as const)('%s %s', (over, text, expected) => expect(reachOf([{ over, text }], undefined)).toEqual(expected));

  test.each([
    ['/', '/'],
    ['/a/', '/a'],
    ['/a/*', '/a'],
    ['/*', '/'],
    ['/a/$1', undefined],
  ])('the path %s', (path, expected) => expect(normalPath(path)).toBe(expected));
});

test('where nginx sends what reaches a place', () => {
  const text = dedent(`
    map $x $choice { a one:1; b two:2; }
    upstream quay { server 10.0.0.4:8601; server quay:8602; }
    server {
      server_name .Harbour.example *.wild.example ~^re _;
      set $up http://127.0.0.1:8603;
      include snippets/*.conf;
      location = / { proxy_pass http://quay; }
      location ^~ /api { proxy_pass $up; include api.conf; }
      location ~ \\.php$ { fastcgi_pass php:9000; grpc_pass grpcs://crane:8604; }
      location /choice { proxy_pass http://$choice; }
      location @name { proxy_pass https://[::1]:8605/x; }
      location /p/ { proxy_pass http://p/http; }
      location /unix { proxy_pass http://unix:/run/app.sock; }
    }
    include other.conf;
  `);
  const { routes, members, includes } = nginx.read(text, 'nginx.conf')!.nginx!;
  const domains = ['harbour.example'];
  const told = routes.map(({ hostSpan, portSpan, ...rest }) => {
    expect(text.slice(hostSpan.start, hostSpan.end)).toBe(rest.host);
    expect(portSpan && Number(text.slice(portSpan.start, portSpan.end))).toBe(rest.port);
    return rest;
  });
  expect(told).toEqual([
    { domains, host: 'quay' },
    { domains, location: '/api', host: '127.0.0.1', port: 8603 },
    { domains, host: 'crane', port: 8604 },
    { domains, host: '[::1]', port: 8605 },
    { domains, location: '/p/', host: 'p' },
  ]);
  expect(routes.at(-1)!.hostSpan.start).toBe(text.indexOf('p/http;'));
  expect(members.map(({ group, host, port }) => [group, host, port])).toEqual([
    ['quay', '10.0.0.4', 8601],
    ['quay', 'quay', 8602],
  ]);
  expect(includes).toEqual([
    { domains, pattern: 'snippets/*.conf' },
    { domains, location: '/api', pattern: 'api.conf' },
    { pattern: 'other.conf' },
  ]);
});
