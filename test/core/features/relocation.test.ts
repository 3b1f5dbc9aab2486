import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freePorts } from '../../../server/src/core/features/freePorts.ts';
import { movables } from '../../../server/src/core/features/relocation/movables.ts';
import { relocate } from '../../../server/src/core/features/relocation.ts';
import { dedent } from '../../support/fixture.ts';
import { kindsOfFindings, moves, placeAfter, refuses, trialOf } from '../../support/moves.ts';
import { applied, filesOf, indexOf } from '../../support/workspace.ts';

const row = (port: number) => `
  --- PORTS.md
  # Port registry

  | Service | Host port | Container port |
  |---|---|---|
  | crane-api | ${port} | 8000 |
  | winch-web | 9100 | 8000 |
`;
const compose = (port: number, more = '') => `
  --- compose.yaml
  services:
    crane-api:
      image: example/crane
      ports: ["${port}:8000"]
    winch-web:
      image: example/winch
      ports: ["9100:8000"]${more}
`;

describe('a move changes', () => {
  test('the row and the published port, and nothing of another service', () => {
    moves(row(9006) + compose(9006), 'crane-api', 9007, row(9007) + compose(9007));
  });

  test('the same from any of its places', () => {
    for (const place of ['PORTS.md: crane-api | 90', 'compose.yaml: "9006', 'compose.yaml: crane-ap'])
      moves(row(9006) + compose(9006), place, 9007, row(9007) + compose(9007));
  });

  test('scripts that start the service', () => {
    const all = (port: number) => `${row(port)}${compose(port)}
  --- crane/package.json
  {"name": "crane-api", "scripts": {"dev": "node . --port ${port}", "wait": "wait-on http://localhost:${port}/"}}
  --- winch/package.json
  {"name": "winch-web", "scripts": {"dev": "node . --port 9006"}}
  --- ops/crane-api.service
  [Service]
  Environment=PORT=${port}
  --- README.md
  # Harbour

  The crane is at http://localhost:${port}/.
`;
    moves(all(9006), 'crane-api', 9007, all(9007));
  });

  test('no script that may run inside a container whose port stays', () => {
    const all = (port: number) => `
      --- PORTS.md
      # Port registry

      | Service | Host port | Container port |
      |---|---|---|
      | crane-api | ${port} | 9006 |
      --- compose.yaml
      services:
        crane-api:
          image: example/crane
          ports: ["${port}:9006"]
      --- crane/package.json
      {"name": "crane-api", "scripts": {"dev": "node . --port 9006"}}
    `;
    moves(all(9006), 'crane-api', 9007, all(9007));
  });

  test('both sides of one number, and all that reaches the service inside', () => {
    const all = (port: number) => `
      --- PORTS.md
      # Port registry

      | Service | Port |
      |---|---|
      | tide | ${port} |
      --- compose.yaml
      services:
        tide:
          build: ./tide
          ports: ["${port}:${port}"]
          environment:
            PORT: ${port}
            SELF: http://localhost:${port}
          command: serve --port ${port}
          healthcheck:
            test: curl -f http://localhost:${port}/health
          labels:
            - traefik.http.services.tide.loadbalancer.server.port=${port}
        gauge:
          image: example/gauge
          environment:
            TIDE_URL: http://tide:${port}
            OTHER_URL: http://buoy:9020
      --- .env.example
      TIDE_URL=http://tide:${port}
      --- tide/Dockerfile
      FROM example/base
      EXPOSE ${port}
      HEALTHCHECK CMD curl -f http://localhost:${port}/
      CMD ["serve", "--port", "${port}"]
      --- nginx.conf
      upstream tide { server tide:${port}; }
      server { listen 80; location / { proxy_pass http://tide; } location /b { proxy_pass http://localhost:${port}; } }
    `;
    moves(all(9020), 'tide', 9021, all(9021));
    moves(all(9020), 'tide/Dockerfile: EXPOSE 90', 9021, all(9021));
    moves(all(9020), 'nginx.conf: server tide:90', 9021, all(9021));
  });

  test('the value in `.env`, in its sample, and the default beside it', () => {
    const all = (port: number) =>
      dedent(row(port)) +
      dedent(`
      --- compose.yaml
      services:
        crane-api:
          image: example/crane
          ports: ["\${CRANE_PORT:-${port}}:8000"]
          environment:
            PUBLIC_URL: http://localhost:\${CRANE_PORT:-${port}}
      --- .env
      CRANE_PORT=${port}
      VITE_API=http://localhost:${port}
      --- .env.example
      CRANE_PORT=${port}
    `);
    moves(all(9006), 'crane-api', 9007, all(9007));
    moves(all(9006), '.env: CRANE_PORT=90', 9007, all(9007));
    moves(all(9006), 'compose.yaml: CRANE_PORT:-90', 9007, all(9007));
  });

  test('all files of a project: the override, and what extends it', () => {
    const all = (port: number) =>
      dedent(row(port)) +
      dedent(`
      --- compose.yaml
      services:
        crane-api:
          image: example/crane
          ports: ["127.0.0.1:${port}:8000"]
      --- compose.override.yaml
      services:
        crane-api:
          environment: {DEBUG: 1}
      --- compose.prod.yaml
      services:
        crane-api:
          image: example/crane
          ports: [{target: 8000, published: ${port}}]
    `);
    moves(all(9006), 'crane-api', 9007, all(9007));
  });

  test('documents that repeat the row, and the addresses in them', () => {
    const all = (port: number) => `
      --- docs/PORT_REGISTRY.md
      # Port registry

      | Service | Port | Address |
      |---|---|---|
      | crane-api | ${port} | http://localhost:${port} |
      | winch-web | 9100 | http://localhost:9100 |
      --- README.md
      # Harbour

      ## Ports

      | Service | Port |
      |---|---|
      | crane-api | ${port} |

      Open http://localhost:${port}/docs, and http://localhost:9100 for the rest.
    `;
    moves(all(9006), 'crane-api', 9007, all(9007));
  });

  test('the port inside alone, where the published one is another number', () => {
    const all = (inner: number) => `
      --- PORTS.md
      # Port registry

      | Service | Host port | Container port |
      |---|---|---|
      | crane-api | 9006 | ${inner} |
      | winch-web | 9100 | 8000 |
      --- compose.yaml
      services:
        crane-api:
          image: example/crane
          ports: ["9006:${inner}"]
          environment: {PORT: ${inner}}
        winch-web:
          image: example/winch
          ports: ["9100:8000"]
          environment:
            CRANE: http://crane-api:${inner}
            CRANE_OUTSIDE: http://localhost:9006
    `;
    moves(all(8000), 'compose.yaml: 9006:80', 8001, all(8001));
    moves(all(8000), 'crane-api from 8000', 8001, all(8001));
  });

  test('a service that drifted away from its row, to the one new port', () => {
    const files = filesOf(row(9006) + compose(9005));
    const done = relocate({ service: 'crane-api' }, 9007, trialOf(files));
    if ('refused' in done) expect.fail(done.refused);
    expect(Object.fromEntries(applied(files, done.edits))).toEqual(
      Object.fromEntries(filesOf(row(9007) + compose(9007))),
    );
  });

  test('a registry in YAML, and nginx that listens by itself', () => {
    const all = (port: number) => `
      --- ports.yaml
      # Port registry
      ports:
        harbour-nginx: ${port}
        crane-api: 9006
      --- nginx.conf
      server { listen ${port}; location / { proxy_pass http://localhost:9006; } }
    `;
    moves(all(9080), 'harbour-nginx', 9081, all(9081));
  });

  test('one of two stacks alone, each of which has such a service', () => {
    const stack = (folder: string, port: number) => `
      --- ${folder}/compose.yaml
      services:
        buoy:
          image: example/buoy
          ports: ["${port}:80"]
      --- ${folder}/.env
      API_URL=http://localhost:${port}
    `;
    moves(
      stack('north', 9300) + stack('south', 9300),
      'north/compose.yaml: 93',
      9301,
      stack('north', 9301) + stack('south', 9300),
    );
  });
});

describe('a move is refused', () => {
  const both = row(9006) + compose(9006);
  test('where the number is no port, or the old one', () => {
    refuses(both, 'crane-api', 70000, '70000 is not a port; ports are the numbers from 1 to 65535.');
    refuses(both, 'crane-api', 0, '0 is not a port; ports are the numbers from 1 to 65535.');
    const crowd = `--- PORTS.md\n# Ports\n\n| Service | Port |\n| --- | --- |\n${'| crane | 9006 |\n'.repeat(1000)}`;
    refuses(crowd, 'PORTS.md: 9006', 9100, 'Too many rows or services have this port of crane; move it by hand.');
    refuses(both, 'crane-api', 9006, 'crane-api has port 9006 already.');
  });

  test('where the port is taken, and says by whom', () => {
    refuses(both, 'crane-api', 9100, '9100 is given to "winch-web" (PORTS.md:6).');
    const unlisted = '\n    buoy:\n      image: example/buoy\n      ports: ["9200:80"]';
    refuses(row(9006) + compose(9006, unlisted), 'crane-api', 9200, '9200 is published by buoy (compose.yaml:10).');
  });

  test('where the port is forbidden, or kept', () => {
    const bans =
      '\n  ## Reserved ports\n\n  - 9300: reserved\n\n  **Never use:**\n\n  - `9400`: collides with the pilot\n';
    refuses(row(9006) + bans + compose(9006), 'crane-api', 9300, '9300 is kept for later (PORTS.md:10).');
    refuses(row(9006) + bans + compose(9006), 'crane-api', 9400, '9400 is not to be used (PORTS.md:14).');
  });

  test('outside of the block of its group', () => {
    const blocks = `
      --- PORTS.md
      # Port registry

      ## Cranes 9000-9099

      | Service | Port |
      |---|---|
      | crane-api | 9006 |
    `;
    refuses(blocks, 'crane-api', 9100, '9100 lies outside 9000–9099, the range of "Cranes" (PORTS.md:3).');
  });

  test('for a service that nobody knows, and a place without a port', () => {
    refuses(both, 'tide', 9007, 'No service is called tide.');
    refuses(both, 'compose.yaml: image: exa', 9007, 'No port of a service stands here.');
  });

  test('for a range, and for what is no service’s', () => {
    const pool = '\n    buoy:\n      image: example/buoy\n      ports: ["9200-9210:9200-9210"]';
    refuses(
      row(9006) + compose(9006, pool),
      'compose.yaml: 9200',
      9007,
      '9200–9210 is a range; only a single port can be moved.',
    );
  });

  test('where a name means several ports, and says which', () => {
    const two = both.replace('"9006:8000"]', '"9006:8000", "9007:8001"]');
    refuses(
      two,
      'crane-api',
      9008,
      'crane-api may be 9006 (PORTS.md:5) or 9007 (compose.yaml:4); say which one is meant.',
    );
  });

  test('where other services have their port from the same digits', () => {
    const shared = `
      --- compose.yaml
      services:
        crane-api:
          image: example/crane
          ports: ["\${QUAY_PORT}:80"]
        winch-web:
          image: example/winch
          profiles: [winch]
          environment: {PORT: "\${QUAY_PORT}"}
      --- .env
      QUAY_PORT=9006
    `;
    refuses(
      shared,
      'crane-api',
      9007,
      '9006 (.env:1) is written once for winch-web as well; give each a port of its own first.',
    );
  });

  test('where the registry cannot be read as a whole', () => {
    const broken = '--- ports.yaml\n# Port registry\nports:\n  crane-api: 9006\n  winch: [9007\n';
    refuses(broken, 'crane-api', 9008, 'ports.yaml cannot be read as a whole; mend it first.');
  });

  test('inside an image that always listens there', () => {
    const database = '--- compose.yaml\nservices:\n  db:\n    image: postgres:16\n    ports: ["15432:5432"]\n';
    refuses(
      database,
      'compose.yaml: :5432',
      5433,
      'db listens on 5432 because its image does; only a published port can be moved.',
    );
  });
});

test('the services that can be moved are told once, where the registry tells them', () => {
  const unlisted = '\n    buoy:\n      image: example/buoy\n      ports: ["9200:80"]';
  const found = movables(indexOf(filesOf(row(9006) + compose(9006, unlisted))));
  expect(found.map(({ service, port, place }) => `${service} ${port} ${place.path}`)).toEqual([
    'buoy 9200 compose.yaml',
    'crane-api 9006 PORTS.md',
    'winch-web 9100 PORTS.md',
  ]);
});

test('free ports are told block by block', () => {
  const picture = `
    --- PORTS.md
    # Port registry

    | Group | Range |
    |---|---|
    | cranes | 9000-9009 |
    | winches | 9010-9011 |

    | Service | Port |
    |---|---|
    | crane-api | 9000 |
    | winch-web | 9010 |
    | winch-api | 9011 |
  `;
  const index = indexOf(filesOf(picture));
  expect(freePorts(index, 'compose.yaml', 2)).toEqual([
    { port: 9000, endPort: 9009, group: 'cranes', free: [9001, 9002] },
  ]);
  expect(freePorts(index, 'compose.yaml', 1, 9000)).toMatchObject([{ group: 'cranes', free: [9001] }]);
});

const names = ['crane-api', 'winch-web', 'tide-gauge', 'berth-planner', 'pilot-log', 'buoy-tracker'];
const service = fc.record({
  name: fc.constantFrom(...names),
  port: fc.integer({ min: 41, max: 56 }).map((n) => n * 100),
  form: fc.constantFrom('short', 'long', 'variable', 'dotenv', 'same'),
  isRegistered: fc.boolean(),
});

/** A workspace whose files agree: each service is alone on its port, and its row says so where it has one. */
const workspace = fc
  .uniqueArray(service, { minLength: 1, maxLength: 6, selector: ({ name }) => name, comparator: 'SameValue' })
  .filter((services) => new Set(services.map(({ port }) => port)).size === services.length)
  .map((services) => {
    const variable = (name: string) => `${name.toUpperCase().replace('-', '_')}_PORT`;
    const ports = {
      short: (port: number) => `"127.0.0.1:${port}:80"`,
      long: (port: number) => `{target: 80, published: ${port}}`,
      variable: (port: number, name: string) => `"\${${name}:-${port}}:80" # ${port}`,
      dotenv: (_: number, name: string) => `"\${${name}}:80"`,
      same: (port: number) => `"${port}:${port}"`,
    };
    const entry = ({ name, port, form }: (typeof services)[number]) =>
      `  ${name}:\n    image: example/${name}\n    environment: {NEXT_PUBLIC_SELF: "http://localhost:${port}"}\n    ports:\n      - ${ports[form as keyof typeof ports](port, variable(name))}\n`;
    const rows = services.flatMap(({ name, port, isRegistered }) => (isRegistered ? `| ${port} | ${name} |\n` : []));
    const set = services.flatMap(({ name, port, form }) => (form === 'dotenv' ? `${variable(name)}=${port}\n` : []));
    const routes = services.map(({ name, port, form }) => {
      return `  location /${name} { proxy_pass http://${form === 'same' ? name : 'localhost'}:${port}; }\n`;
    });
    return {
      services,
      files: new Map([
        [
          'PORTS.md',
          `# Port registry\n\n| Host port | Service |\n|---|---|\n| 4000 | harbour-master |\n${rows.join('')}`,
        ],
        ['compose.yaml', `services:\n${services.map(entry).join('')}`],
        ['.env', `A=1\n${set.join('')}`],
        ['site.conf', `server {\n  listen 80;\n${routes.join('')}}\n`],
      ]),
    };
  });

test('in generated workspaces a move to a free port brings up nothing new, and can be taken back', () => {
  fc.assert(
    fc.property(workspace, fc.nat(), fc.integer({ min: 6000, max: 6999 }), ({ services, files }, chosen, port) => {
      const { name, form, port: old } = services[chosen % services.length]!;
      const result = relocate({ service: name }, port, trialOf(files));
      if ('refused' in result) expect.fail(result.refused);
      const there = applied(files, result.edits);
      expect(kindsOfFindings(there)).toEqual(kindsOfFindings(files));
      // A row about the host alone leaves the inside where it is.
      if (form !== 'same') expect([...there.values()].join('')).not.toMatch(new RegExp(`(?<!# )\\b${old}\\b`));
      const back = relocate(placeAfter(result), old, trialOf(there));
      if ('refused' in back) expect.fail(back.refused);
      expect(applied(there, back.edits)).toEqual(files);
    }),
    { numRuns: 40 },
  );
});
