import { describe, expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import { checks, fixed, indexOf } from '../../support/workspace.ts';

const registry = `
  --- PORTS.md
  # Port registry

  | Service | Port | Domain |
  |---------|------|--------|
  | Lantern | 8410 | lantern.harbour.example |
  | Tide Table | 8411 | https://tides.harbour.example |
  | Archive | 8412 | archive.harbour.example |
  --- nginx/sites-enabled/lantern`;

const wrong = 'is sent to 8490, but the registry gives "Lantern" 8410 (PORTS.md:5).';

/** A server for a domain with some locations. */
function site(domain: string, rest: string): string {
  return `${registry}
  server {
    listen 443 ssl;
    server_name ${domain};
${rest}
  }
`;
}

describe('a registered domain', () => {
  test('is sent to a port that nobody owns', () =>
    checks(
      site(
        'lantern.harbour.example www.lantern.harbour.example',
        `    location / {
      proxy_pass http://127.0.0.1:8490;
                                  ^^^^ upstream-mismatch: lantern.harbour.example ${wrong}
    }
    location /live/ {
      proxy_pass http://127.0.0.1:8490/live/;
                                  ^^^^ upstream-mismatch: lantern.harbour.example ${wrong}
    }`,
      ),
    ));

  test('is sent to the port of another service', () =>
    checks(
      site(
        'lantern.harbour.example',
        `    location / {
      proxy_pass http://10.0.0.4:8412;
                                 ^^^^ upstream-mismatch: lantern.harbour.example is sent to 8412, but the registry gives "Lantern" 8410 (PORTS.md:5).
    }`,
      ),
    ));

  test('is sent on by a variable and by a group', () => {
    checks(
      site(
        'lantern.harbour.example',
        `    set $light 127.0.0.1:8490;
                         ^^^^ upstream-mismatch: lantern.harbour.example ${wrong}
    location / {
      proxy_pass http://$light;
    }`,
      ),
    );
    checks(`${registry}
  upstream light {
    server 127.0.0.1:8490;
                     ^^^^ upstream-mismatch: lantern.harbour.example ${wrong}
  }
  server {
    server_name lantern.harbour.example;
    location / {
      proxy_pass http://light;
    }
  }
`);
  });

  test.each([
    ['reaches its port', '    location / { proxy_pass http://127.0.0.1:8410; }'],
    [
      'reaches its port somewhere',
      '    location / { proxy_pass http://10.0.0.4:8490; }\n    location /a { proxy_pass http://10.0.0.4:8410; }',
    ],
    ['has a part that goes elsewhere', '    location /shared/ { proxy_pass http://127.0.0.1:8490; }'],
    ['goes to a container', '    location / { proxy_pass http://lantern-web:3000; }'],
    ['goes to a host of another network', '    location / { proxy_pass http://cdn.example:8490; }'],
    ['goes where a variable decides', '    location / { proxy_pass http://127.0.0.1:$port; }'],
  ])('that %s', (_, rest) => checks(site('lantern.harbour.example', `${rest}`)));

  test('of somebody else, or of two services, tells nothing', () => {
    checks(site('other.harbour.example', '    location / { proxy_pass http://127.0.0.1:8490; }'));
    checks(
      site('lantern.harbour.example tides.harbour.example', '    location / { proxy_pass http://127.0.0.1:8490; }'),
    );
  });

  test('is the service itself when nginx listens on its port', () =>
    checks(`${registry}
  server {
    listen 8410;
    server_name lantern.harbour.example;
    location / { proxy_pass http://127.0.0.1:8490; }
  }
`));

  test('leads to a port that a compose file publishes', () =>
    checks(`${site('lantern.harbour.example', '    location / { proxy_pass http://127.0.0.1:8490; }')}  --- beacon/compose.yaml
  services:
    beacon:
      image: harbour/beacon
      ports: ["8490:8490"]
               ^^^^ unregistered-port: …
`));

  test('is repaired', () =>
    fixed(
      site('lantern.harbour.example', '    location / { proxy_pass http://127.0.0.1:8490; }'),
      site('lantern.harbour.example', '    location / { proxy_pass http://127.0.0.1:8410; }'),
    ));
});

describe('a domain in one stage', () => {
  const ports = `
  --- infra/ports.yaml
  # Port registry
  services:
    lantern:
      prod: 8410
      staging: 8510
      domain_prod: lantern.example
      domain_staging: beta-lantern.example
      domain_aliases: [lamp.example]
    archive:
      prod: 8412
      staging: 8512
      domain_prod: archive.example
  --- infra/nginx/site.conf
  server {
    server_name `;
  const to = (port: number) => `;
    location / {
      proxy_pass http://10.0.0.4:${port};
`;
  const end = '    }\n  }\n';
  const note = (domain: string, port: number, right: number, line: number) =>
    `                                 ^^^^ upstream-mismatch: ${domain} is sent to ${port}, but the registry gives "lantern" ${right} (infra/ports.yaml:${line}).\n`;

  test.each([
    ['lantern.example', 8510, 8410, 4],
    ['beta-lantern.example', 8410, 8510, 5],
    ['staging.lantern.example', 8499, 8510, 5],
    ['staging-lantern.example', 8499, 8510, 5],
  ])('%s to %i', (domain, port, right, line) =>
    checks(ports + domain + to(port) + note(domain, port, right, line) + end),
  );

  test.each([
    ['lantern.example', 8410],
    ['beta-lantern.example', 8510],
    ['staging.lantern.example', 8510],
    ['lamp.example', 8510],
    ['unknown.lantern.example', 8499],
  ])('%s to %i is right', (domain, port) => checks(ports + domain + to(port) + end));
});

describe('files that nginx includes', () => {
  const files = `
  --- PORTS.md
  # Port registry

  | Service | Port | URL |
  |---------|------|-----|
  | Lantern | 8410 | https://lantern.harbour.example |
  --- proxy/nginx.conf
  http {
    include /etc/nginx/conf.d/*.conf;
  }
  --- proxy/conf.d/groups.conf
  upstream light {
    server 127.0.0.1:8490;
                     ^^^^ upstream-mismatch: lantern.harbour.example ${wrong}
  }
  --- proxy/conf.d/lantern.conf
  server {
    server_name lantern.harbour.example;
    include snippets/root.conf;
    include conf.d/self.conf;
  }
  --- proxy/conf.d/self.conf
  include self.conf;
  include lantern.conf;
  --- proxy/snippets/root.conf
  location / {
    proxy_pass http://light;
  }
`;

  test('stand where they are included, in a circle or not', () => checks(files));

  test('are judged anew when one of them changes', () => {
    const text = files.replace(/^ +\^.*\n/gm, '');
    const paths = new Map(
      text
        .replace(/^ {2}/gm, '')
        .split(/^--- /m)
        .slice(1)
        .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]),
    );
    const index = indexOf(paths);
    expect(check('proxy/conf.d/groups.conf', index)).toHaveLength(1);
    const lantern = 'proxy/conf.d/lantern.conf';
    index.put(read(lantern, paths.get(lantern)!.replace('lantern.harbour', 'other.harbour'))!);
    expect(check('proxy/conf.d/groups.conf', index)).toHaveLength(0);
    index.put(read(lantern, paths.get(lantern)!)!);
    expect(check('proxy/conf.d/groups.conf', index)).toHaveLength(1);
    index.delete('proxy/snippets/root.conf');
    expect(check('proxy/conf.d/groups.conf', index)).toHaveLength(0);
  });

  test('may be templates', () =>
    checks(`
  --- PORTS.md
  # Port registry

  | Service | Port | Subdomain |
  |---------|------|-----------|
  | Lantern | 8410 | lantern |
  --- templates/lantern.conf.template
  server {
    server_name lantern.harbour.example;
    include conf.d/root.conf;
  }
  --- templates/root.conf.template
  location / {
    proxy_pass http://127.0.0.1:8490;
                                ^^^^ upstream-mismatch: lantern.harbour.example ${wrong}
  }
`));
});
