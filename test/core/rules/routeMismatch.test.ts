import { describe, test } from 'vitest';
import { checks, fixed } from '../../support/workspace.ts';

const registry = `
  --- docs/PORTS.md
  # Port registry

  | Service | Port | Route |
  |---------|------|-------|
  | Berth Planner | 8601 | \`/api/berths\` |
  | Tide Table | 8602 | \`/api/tides/*\` |
  | Crane Control | 8603 | /api/cranes, /api/hoists |
  | API Gateway | 8600 | - |
  --- nginx.conf
  server {
    server_name harbour.example;
`;

const wrong =
  '/api/berths goes to "Tide Table", but the registry gives it to "Berth Planner" on 8601 (docs/PORTS.md:5).';

describe('route-mismatch', () => {
  test.each(['', '= ', '^~ '])('a location with the modifier "%s"', (modifier) =>
    checks(`${registry}    location ${modifier}/api/berths/ {
      proxy_pass http://127.0.0.1:8602;
                                  ^^^^ route-mismatch: ${wrong}
    }
  }
`),
  );

  test('by the name of a container, with and without a port', () =>
    checks(`${registry}    location /api/berths {
      proxy_pass http://tide-table:3000;
                                   ^^^^ route-mismatch: ${wrong}
    }
    location /api/hoists {
      proxy_pass http://tide-table/;
                        ^^^^^^^^^^ route-mismatch: /api/hoists goes to "Tide Table", but the registry gives it to "Crane Control" on 8603 (docs/PORTS.md:7).
    }
  }
`));

  test.each([
    ['its own port', 'location /api/berths', 'http://127.0.0.1:8601'],
    ['its own container', 'location /api/berths', 'http://berth-planner:3000'],
    ['a port that nobody knows', 'location /api/berths', 'http://127.0.0.1:8699'],
    ['a container that nobody knows', 'location /api/berths', 'http://lighthouse:3000'],
    ['a gateway', 'location /api/berths', 'http://127.0.0.1:8600'],
    ['a part of the path', 'location /api/berths/free', 'http://127.0.0.1:8602'],
    ['a longer path', 'location /api', 'http://127.0.0.1:8602'],
    ['a pattern', 'location ~ /api/berths', 'http://127.0.0.1:8602'],
  ])('%s is no mismatch', (_, location, target) =>
    checks(`${registry}    ${location} {\n      proxy_pass ${target};\n    }\n  }\n`),
  );

  test('a group is judged by all who use it', () => {
    const group = (second: string, note: string) => `${registry}    location /api/berths {
      proxy_pass http://quay;
    }
    location ${second} {
      proxy_pass http://quay;
    }
  }
  upstream quay {
    server 127.0.0.1:8602;
${note}  }
`;
    checks(group('/api/berths/', `                     ^^^^ route-mismatch: ${wrong}\n`));
    checks(group('/api/tides', ''));
  });

  test('another site may give the same path to another service', () =>
    checks(`${registry}    location /api/berths {
      proxy_pass http://127.0.0.1:8601;
    }
  }
  server {
    server_name marina.example;
    location /api/berths {
      proxy_pass http://127.0.0.1:8602;
    }
  }
`));

  test('a path belongs to its domain where the registry tells one', () =>
    checks(`
  --- PORTS.md
  # Port registry

  | Service | Port | Public URL |
  |---------|------|------------|
  | Berth Planner | 8601 | https://harbour.example/berths |
  | Tide Table | 8602 | \`marina.example/tides\` |
  --- nginx.conf
  server {
    server_name harbour.example;
    location /berths/ {
      proxy_pass http://localhost:8602/;
                                  ^^^^ route-mismatch: /berths goes to "Tide Table", but the registry gives it to "Berth Planner" on 8601 (PORTS.md:5).
    }
    location /tides/ {
      proxy_pass http://localhost:8601/;
    }
  }
`));

  test('two owners of one path are nobody', () =>
    checks(`
  --- PORTS.md
  # Port registry

  | Service | Port | Path |
  |---------|------|------|
  | Berth Planner | 8601 | /api |
  | Tide Table | 8602 | /api |
  | Archive | 8603 | /srv/archive |
  --- nginx.conf
  server {
    location /api {
      proxy_pass http://localhost:8603;
    }
    location /srv/archive {
      proxy_pass http://localhost:8601;
    }
  }
`));

  test('the fix sends the path to its owner', () =>
    fixed(
      `${registry}    location /api/berths {\n      proxy_pass http://localhost:8602;\n    }\n  }\n`,
      `${registry}    location /api/berths {\n      proxy_pass http://localhost:8601;\n    }\n  }\n`,
    ));
});
