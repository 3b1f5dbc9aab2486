import { describe, expect, test } from 'vitest';
import { defaults } from '../../../server/src/core/settings/settings.ts';
import { dedent } from '../../support/fixture.ts';
import { checks, filesOf, findings, fixed } from '../../support/workspace.ts';

const registry = `
  --- PORTS.md
  # Ports

  | Service        | Container     | Port | Project |
  |----------------|---------------|------|---------|
  | Berth Planner  | harbour-berth | 9007 | harbour |
  | Tide Forecast  |               | 9008 | harbour |
  | PostgreSQL     |               | 5432 | harbour |
`;

/** The registry above, and services in a compose file. */
const withServices = (services: string) => `${registry.trimEnd()}\n  --- compose.yaml\n  services:\n${services}`;

describe('whose port it is', () => {
  test.each([
    ['the service key', 'berth-planner:\n      image: x'],
    ['another spelling', 'BerthPlanner:\n      image: x'],
    ['an empty word more', 'berth-planner-service:\n      image: x'],
    ['container_name', 'planner:\n      container_name: harbour-berth'],
    ['hostname', 'planner:\n      image: x\n      hostname: berth-planner'],
    ['the project in front', 'harbour-berth-planner:\n      image: x'],
  ])('told by %s', (_, service) => {
    const found = findings(filesOf(withServices(`    ${service}\n      ports: ["9107:80"]\n`)));
    expect(found.map(({ rule, port, expected }) => ({ rule, port, expected }))).toEqual([
      { rule: 'port-mismatch', port: 9107, expected: [9007] },
    ]);
  });

  test.each([
    ['a word that tells', 'berth-planner-archive'],
    ['another project', 'marina-tide-forecast'],
    ['only a part', 'planner'],
  ])('not by %s', (_, service) => {
    const found = findings(filesOf(withServices(`    ${service}:\n      image: x\n      ports: ["9107:80"]\n`)));
    expect(found.filter(({ rule }) => rule === 'port-mismatch')).toEqual([]);
  });

  test('told by an alias in the settings', () => {
    const files = filesOf(withServices('    bp:\n      image: x\n      ports: ["9107:80"]\n'));
    const aliases = { 'Berth Planner': ['bp'] };
    expect(findings(files, { ...defaults, aliases }).map(({ expected }) => expected)).toEqual([[9007]]);
  });

  test('a row fits the service that bears its very name', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | quay-api | 8088 |
      --- compose.yaml
      services:
        quay:
          image: harbour/quay
          ports: ["3000:3000"]
                   ^^^^ unregistered-port: quay publishes 3000, which PORTS.md does not mention.
        quay-api:
          image: harbour/quay-api
          ports: ["8088:80"]
    `));

  test('two rows that fit equally well leave it open', () =>
    checks(`
      --- PORTS.md
      # Ports

      ## Cargo

      | Service | Port |
      |---------|------|
      | API     | 4100 |

      ## Customs

      | Service | Port |
      |---------|------|
      | API     | 4200 |
      --- compose.yaml
      services:
        api:
          image: harbour/api
          ports: ["4300:80"]
                   ^^^^ unregistered-port: api publishes 4300, which PORTS.md does not mention.
    `));

  test('a common name in many folders means the stack beside the registry', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | Grafana | 3100 |
      --- compose.yaml
      services:
        grafana:
          image: grafana/grafana
          ports: ["3101:3000"]
                   ^^^^ port-mismatch: grafana publishes 3101, but the registry gives it 3100 as "Grafana" (PORTS.md:5).
      --- labs/compose.yaml
      services:
        grafana:
          image: grafana/grafana
          ports: ["3102:3000"]
                   ^^^^ unregistered-port: grafana publishes 3102, which PORTS.md does not mention.
    `));
});

describe('sides', () => {
  test('the host port is compared, the inner one is not', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports: ["9007:3000"]
    tide-forecast:
      image: x
      ports: ["3000:9008"]
               ^^^^ port-mismatch: tide-forecast publishes 3000, but the registry gives it 9008 as "Tide Forecast" (PORTS.md:6).
`),
    ));

  test('a row with the usual inner port of an image is about the inside', () =>
    checks(
      withServices(`
    postgres:
      image: postgres:16
      ports: ["15432:5432"]
`),
    ));

  test('host and container columns each speak of their side', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Host Port | Container Port |
      |---------|-----------|----------------|
      | Crane   | 51001     | 3011           |
      --- compose.yaml
      services:
        crane:
          image: harbour/crane
          ports: ["3011:3011"]
                   ^^^^ port-mismatch: crane publishes 3011, but the registry gives it 51001 as "Crane" (PORTS.md:5).
    `));

  test('a second port is left alone while the first is right', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports:
        - "9007:9007"
        - "9229:9229"
           ^^^^ unregistered-port: berth-planner publishes 9229, which PORTS.md does not mention.
`),
    ));
});

describe('where the number stands', () => {
  test('in the default of a variable', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports:
        - "\${BERTH_PORT:-9107}:80"
                         ^^^^ port-mismatch: berth-planner publishes 9107, the default of BERTH_PORT, but the registry gives it 9007 as "Berth Planner" (PORTS.md:5).
`),
    ));

  test('in .env, which wins over the default', () =>
    checks(`${withServices(`
    berth-planner:
      image: x
      ports:
        - "\${BERTH_PORT:-9007}:80"
`).trimEnd()}
  --- .env
  BERTH_PORT=9107
             ^^^^ port-mismatch: berth-planner publishes 9107, but the registry gives it 9007 as "Berth Planner" (PORTS.md:5).
`));

  test('in a sample of .env', () =>
    checks(`${withServices(`
    berth-planner:
      image: x
      ports:
        - "\${BERTH_PORT:-9007}:80"
`).trimEnd()}
  --- .env.example
  BERTH_PORT=9107
             ^^^^ port-mismatch: berth-planner publishes 9107, but the registry gives it 9007 as "Berth Planner" (PORTS.md:5).
`));

  test('in the long form', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports:
        - target: 80
          published: "9107"
                      ^^^^ port-mismatch: berth-planner publishes 9107, but the registry gives it 9007 as "Berth Planner" (PORTS.md:5).
`),
    ));
});

describe('inside one service', () => {
  test('PORT beside the published and inner port', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports: ["9007:9007"]
      environment:
        PORT: 9107
              ^^^^ port-mismatch: berth-planner is told to use 9107, but the registry gives it 9007 as "Berth Planner" (PORTS.md:5).
`),
    ));

  test('a healthcheck that asks elsewhere', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports: ["9007:9007"]
      environment: [PORT=9007]
      healthcheck:
        test: curl -f http://localhost:9107/health
                                       ^^^^ port-mismatch: berth-planner is checked on 9107, but the registry gives it 9007 as "Berth Planner" (PORTS.md:5).
`),
    ));

  test('another inner port is nobody else’s business', () =>
    checks(
      withServices(`
    berth-planner:
      image: x
      ports: ["9007:3000"]
      environment: [PORT=3000]
      healthcheck:
        test: curl -f http://localhost:3000/health
`),
    ));
});

describe('a variable that nobody reads', () => {
  test('is held to the service of its name', () =>
    checks(`${withServices(`
    tide-forecast:
      image: x
      ports: ["9008:3000"]
`).trimEnd()}
  --- .env
  TIDE_FORECAST_PORT=9108
                     ^^^^ port-mismatch: tide forecast is told to use 9108, but the registry gives "Tide Forecast" 9008 (PORTS.md:6).
  UNHEARD_OF_PORT=9109
`));

  test('may name any port that is known of the service', () =>
    checks(`${withServices(`
    tide-forecast:
      image: x
      ports: ["9008:3000"]
`).trimEnd()}
  --- .env
  TIDE_FORECAST_PORT=3000
`));
});

describe('scope', () => {
  test('each environment has its own row', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Environment | Service | Port |
      |-------------|---------|------|
      | Development | Crane   | 4100 |
      | Production  | Crane   | 4200 |
      --- docker-compose.dev.yml
      services:
        crane:
          image: x
          ports: ["4200:80"]
                   ^^^^ port-mismatch: crane publishes 4200, but the registry gives it 4100 as "Crane" (PORTS.md:5).
      --- docker-compose.prod.yml
      services:
        crane:
          image: x
          ports: ["4200:80"]
      --- docker-compose.test.yml
      services:
        crane:
          image: x
          ports: ["4999:80"]
    `));
});

describe('the fix', () => {
  test('goes where the digits are', () =>
    fixed(
      `${registry.trimEnd()}
  --- compose.yaml
  services:
    berth-planner:
      image: x
      ports: ["\${BERTH_PORT:-9007}:80"] # the planner
  --- .env
  BERTH_PORT=9107
  SECRET=9107
`,
      `${registry.trimEnd()}
  --- compose.yaml
  services:
    berth-planner:
      image: x
      ports: ["\${BERTH_PORT:-9007}:80"] # the planner
  --- .env
  BERTH_PORT=9007
  SECRET=9107
`,
    ));

  test('takes along all that reaches the service by the old inner port', () =>
    fixed(
      `${registry.trimEnd()}
  --- compose.yaml
  services:
    berth-planner:
      image: x
      ports: ["9107:9107"]
      command: serve --port 9107
    gate:
      image: y
      environment:
        PLANNER_URL: http://berth-planner:9107/v1
        OTHER_URL: http://elsewhere:9107/
  --- nginx/site.conf
  upstream planner { server berth-planner:9107; }
  server { listen 9107; location / { proxy_pass http://planner; } }
`,
      `${registry.trimEnd()}
  --- compose.yaml
  services:
    berth-planner:
      image: x
      ports: ["9007:9007"]
      command: serve --port 9007
    gate:
      image: y
      environment:
        PLANNER_URL: http://berth-planner:9007/v1
        OTHER_URL: http://elsewhere:9107/
  --- nginx/site.conf
  upstream planner { server berth-planner:9007; }
  server { listen 9107; location / { proxy_pass http://planner; } }
`,
    ));

  test('leaves the inside of a database where it is', () =>
    fixed(
      `--- PORTS.md
# Ports

| Service  | Port  |
|----------|-------|
| Postgres | 54432 |
--- compose.yaml
services:
  postgres:
    image: postgres:16
    ports: ["5432:5432"]
`,
      `--- PORTS.md
# Ports

| Service  | Port  |
|----------|-------|
| Postgres | 54432 |
--- compose.yaml
services:
  postgres:
    image: postgres:16
    ports: ["54432:5432"]
`,
    ));

  test('is not taken by itself where two ports could be meant', () => {
    const found = findings(
      filesOf(`
        --- PORTS.md
        # Ports

        | Service       | Container | Port |
        |---------------|-----------|------|
        | Store API     | store     | 9100 |
        | Store Console | store     | 9101 |
        --- compose.yaml
        services:
          store:
            image: x
            ports: ["9200:80"]
      `),
    );
    expect(found[0]!.expected).toEqual([9100, 9101]);
    expect(found[0]!.fixes.some(({ preferred }) => preferred)).toBe(false);
  });
});

describe('nginx without a compose file', () => {
  test('an upstream of kinds of things, by the very name that the registry has', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service       | Port |
      |---------------|------|
      | admin-gateway | 9008 |
      | console       | 9009 |
      --- nginx.conf
      upstream admin_gateway {
        server 127.0.0.1:9108;
                         ^^^^ port-mismatch: admin_gateway is reached on 9108, but the registry gives "admin-gateway" 9008 (PORTS.md:5).
      }
      upstream console {
        server 127.0.0.1:9109;
      }
    `));

  test('an upstream on this machine, named after its service', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service       | Port |
      |---------------|------|
      | Berth Planner | 9007 |
      --- nginx.conf
      upstream berth_planner {
        server 127.0.0.1:9107;
                         ^^^^ port-mismatch: berth_planner is reached on 9107, but the registry gives "Berth Planner" 9007 (PORTS.md:5).
      }
      upstream berth_planner_backend {
        server 127.0.0.1:9007;
      }
      server {
        location / { proxy_pass http://localhost:9107; }
      }
    `));

  test('a container of which the registry does not tell the inner port', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | Grafana | 3100 |
      --- nginx.conf
      server {
        location / { proxy_pass http://grafana:3000; }
      }
    `));
});

describe('services of a numbered scheme', () => {
  const registry = `
  --- PORTS.md
  # Ports

  | Service                   | Port |
  |---------------------------|------|
  | pier-4 Crane Yard         | 9004 |
  | pier-4 Crane Yard Redis   | 9014 |
  | pier-5 Cold Store         | 9005 |
  | pier-5 Dry Store          | 9015 |
`;

  test.each([
    ['pier4-crane', 9004, 'pier-4 Crane Yard'],
    ['pier-4-service', 9004, 'pier-4 Crane Yard'],
    ['pier4-redis', 9014, 'pier-4 Crane Yard Redis'],
  ])('%s is the one owner with its number that fits', (service, port, owner) => {
    const compose = `--- compose.yaml\nservices:\n  ${service}:\n    image: x\n    ports: ["9104:80"]\n`;
    expect(findings(filesOf(dedent(registry) + compose)).map(({ message }) => message)).toEqual([
      `${service} publishes 9104, but the registry gives it ${port} as "${owner}" (PORTS.md:${port === 9014 ? 6 : 5}).`,
    ]);
  });

  test.each(['pier5-store', 'pier5-service', 'pier4-worker', 'pier-6-crane'])('%s may be anyone', (service) => {
    const compose = `--- compose.yaml\nservices:\n  ${service}:\n    image: x\n    ports: ["9104:80"]\n`;
    expect(findings(filesOf(dedent(registry) + compose)).map(({ rule }) => rule)).not.toContain('port-mismatch');
  });

  test('two services cannot both be it', () => {
    const compose = `--- compose.yaml
services:
  pier4-crane:
    image: x
    ports: ["9104:80"]
  pier4-yard:
    image: x
    ports: ["9105:80"]
`;
    expect(findings(filesOf(dedent(registry) + compose)).map(({ rule }) => rule)).not.toContain('port-mismatch');
  });

  test('a column for what the service keeps its data in speaks of that', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | PostgreSQL Port | Redis Port |
      |---------|-----------------|------------|
      | pier-4  | 5434            | 6384       |
      --- compose.yaml
      services:
        pier4-redis:
          image: redis
          ports: ["6385:6379"]
                   ^^^^ port-mismatch: pier4-redis publishes 6385, but the registry gives it 6384 as "pier-4 Redis" (PORTS.md:5).
        pier4-postgres:
          image: postgres
          ports: ["5434:5432"]
    `));
});

describe('a row for a part of a service', () => {
  test('told by the port inside the container', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Container  | Service   | Host Port | Container Port |
      |------------|-----------|-----------|----------------|
      | winch      | Winch     | 9010      | 5900           |
      | winch-web  | Winch Web | 9011      | 6901           |
      --- compose.yaml
      services:
        winch:
          image: x
          ports:
            - "9010:5900"
            - "9111:6901"
               ^^^^ port-mismatch: winch publishes 9111, but the registry gives it 9011 as "Winch Web" (PORTS.md:6).
            - "9112:3000"
               ^^^^ unregistered-port: winch publishes 9112, which PORTS.md does not mention.
    `));

  test('told by what people call that port of the image', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service          | Port |
      |------------------|------|
      | quay-minio       | 9010 |
      | quay-minio-ui    | 9011 |
      | quay-minio-proxy | 9012 |
      --- compose.yaml
      services:
        minio:
          image: minio/minio
          container_name: quay-minio
          ports:
            - "9110:9000"
               ^^^^ port-mismatch: minio publishes 9110, but the registry gives it 9010 as "quay-minio" (PORTS.md:5).
            - "9111:9001"
               ^^^^ port-mismatch: minio publishes 9111, but the registry gives it 9011 as "quay-minio-ui" (PORTS.md:6).
    `));

  test('not where the part is a service of its own', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Container  | Service   | Host Port | Container Port |
      |------------|-----------|-----------|----------------|
      | winch      | Winch     | 9010      | 5900           |
      | winch-web  | Winch Web | 9011      | 6901           |
      --- compose.yaml
      services:
        winch:
          image: x
          ports:
            - "9010:5900"
            - "9111:6901"
               ^^^^ unregistered-port: winch publishes 9111, which PORTS.md does not mention.
      --- web/compose.yaml
      services:
        winch-web:
          image: x
          ports: ["9011:6901"]
    `));
});

describe('the folder that a row names', () => {
  const table = `
  --- PORTS.md
  # Ports

  | Service     | Port | Directory         |
  |-------------|------|-------------------|
  | Crane Yard  | 9004 | \`yards/crane-24/\` |
  | Grain Yard  | 9005 | \`yards/grain/\`    |
  | Barley Yard | 9006 | \`yards/grain/\`    |
  | Admin pages | 9007 | \`backend/\`        |
`;
  const mismatches = (compose: string) =>
    findings(filesOf(dedent(table) + compose))
      .filter(({ rule }) => rule === 'port-mismatch')
      .map(({ message }) => message);
  const service = (name: string, image: string) => `  ${name}:\n    image: ${image}\n    ports: ["9104:80"]\n`;

  test('means the one service there that has no row by its name', () => {
    const compose = `--- yards/crane-24/compose.yaml\nservices:\n${service('hoist', 'x')}${service('store', 'postgres')}`;
    expect(mismatches(compose)).toEqual([
      'hoist publishes 9104, but the registry gives it 9004 as "Crane Yard" (PORTS.md:5).',
    ]);
  });

  test.each([
    ['two services there', 'yards/crane-24', service('hoist', 'x') + service('lamp', 'x')],
    ['two rows', 'yards/grain', service('hoist', 'x')],
    ['a folder elsewhere', 'crane-24', service('hoist', 'x')],
    ['a folder of any project', 'lamps/backend', service('hoist', 'x')],
    ['a database', 'yards/crane-24', service('store', 'postgres')],
    [
      'the service is there by name',
      'yards/crane-24',
      service('crane-yard', 'x').replace('9104', '9004') + service('lamp', 'x'),
    ],
  ])('tells nothing: %s', (_, folder, services) => {
    expect(mismatches(`--- ${folder}/compose.yaml\nservices:\n${services}`)).toEqual([]);
  });
});
