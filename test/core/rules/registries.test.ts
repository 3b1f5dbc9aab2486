import { describe, expect, test } from 'vitest';
import { defaults } from '../../../server/src/core/settings/settings.ts';
import { plain } from '../../support/fixture.ts';
import { checks, filesOf, findings } from '../../support/workspace.ts';

const table = (rows: string, name = 'PORTS.md') => `
  --- ${name}
  # Ports

  | Port | Service | Container | Environment | Bind |
  |------|---------|-----------|-------------|------|
${rows}`;

describe('registry-duplicate', () => {
  test.each([
    ['two environments', '  | 9015 | Manifest | | dev |  |\n  | 9015 | Weather | | prod |  |\n'],
    ['two addresses', '  | 443 | Gate | | | 10.0.0.1 |\n  | 443 | Tunnel | | | 10.0.0.2 |\n'],
    ['one owner, two spellings', '  | 9015 | Manifest | | | |\n  | 9015 | Manifest Service | | | |\n'],
    ['one container', '  | 9015 | Manifest | depot | | |\n  | 9015 | Ledger | depot | | |\n'],
  ])('silent: %s', (_, rows) => checks(table(rows)));

  test('silent: the port inside, said again for another stage', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Host | Container |
      |----------|------|-----------|
      | Weather  | 9015 | 8080      |
      | Manifest | 9016 | 8080      |

      ## Production

      - Weather: 8080
      - Manifest: 8080
    `));

  test('of several rows the odd one out is marked', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Weather  | 9015 |
                   ^^^^ registry-duplicate: 9015 is given to "Weather" here and to "Manifest" (PORTS.md:11).

      ## By port

      | Port | Service  |
      |------|----------|
      | 9015 | Manifest |

      ## Quick list

      - 9015 - Manifest
    `));

  test('two containers that share nothing but their number', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Container      | Service | Port |
      |----------------|---------|------|
      | pier-04-crane  | Crane   | 9015 |
      | pier-04-ferry  | Ferry   | 9015 |
                                   ^^^^ registry-duplicate: 9015 is given to "Ferry" here and to "Crane" (PORTS.md:5).
      | pier-05-crane  | Crane   | 9016 |
      | pier-05        | Crane   | 9016 |
    `));

  test('inside two containers', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Host Port | Container Port |
      |----------|-----------|----------------|
      | Manifest | 9015      | 3000           |
      | Weather  | 9016      | 3000           |
    `));

  test('udp and tcp', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Protocol | Service  |
      |------|----------|----------|
      | 9015 | TCP      | Manifest |
      | 9015 | UDP      | Weather  |
    `));
});

describe('registry-duplicate: places', () => {
  test('what parts the two is said where only one of them tells it', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port | Environment |
      |----------|------|-------------|
      | Manifest | 9015 | production  |
      | Weather  | 9015 |             |
                   ^^^^ registry-duplicate: 9015 is given to "Weather" here and to "Manifest" (PORTS.md:5), of which only one names an environment (production).
      | Compass  | 9016 | staging     |
      | Sextant  | 9016 | stage       |
                   ^^^^ registry-duplicate: 9016 is given to "Sextant" here and to "Compass" (PORTS.md:7), both in stage.
    `));

  test('a list that repeats the rows of a table holds where they hold', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port | Environment |
      |----------|------|-------------|
      | Manifest | 9015 | development |

      Allocation:
      - 9015: Manifest

      ## Production Server

      | Service  | Port |
      |----------|------|
      | Weather  | 9015 |
      | Manifest | 9016 |
    `));

  test('a note that explains who is meant', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service      | Port | Notes     |
      |--------------|------|-----------|
      | Quay backend | 9014 | API       |
      | Quay worker  | 9013 | Jobs      |
      | Quay web     | 9015 | admin UI  |

      ## By hand

      | Service    | Port |
      |------------|------|
      | Quay admin | 9015 |
    `));

  test('a clash that a row admits is news, not an error', () => {
    const picture = `
      --- PORTS.md
      # Ports

      | Service  | Port | Notes                   |
      |----------|------|-------------------------|
      | Manifest | 9015 |                         |
      | Weather  | 9015 | conflicts with Manifest |
                   ^^^^ registry-duplicate: 9015 is given to "Weather" here and to "Manifest" (PORTS.md:5), a clash that the registry itself points out.
      | Compass  | 9016 | ⚠️ 衝突 with something  |
    `;
    checks(picture);
    const files = new Map([...filesOf(picture)].map(([path, text]) => [path, plain(text)]));
    expect(findings(files).map(({ severity }) => severity)).toEqual(['information']);
    const strict = { ...defaults, rules: { 'registry-duplicate': 'error' } } as const;
    expect(findings(files, strict).map(({ severity }) => severity)).toEqual(['error']);
  });
});

test('registry-duplicate: a clash that the note of a YAML entry admits', () =>
  checks(`
    --- ports.yaml
    services:
      manifest:
        port: 9015
      weather:
        port: 9015
              ^^^^ registry-duplicate: 9015 is given to "weather" here and to "manifest" (ports.yaml:3), a clash that the registry itself points out.
        note: conflicts with manifest until it moves
  `));

describe('registry-duplicate: blocks', () => {
  test('blocks that overlap, and blocks that are equal', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Range     | Group    |
      |-----------|----------|
      | 8000-8099 | Pilotage |
      | 8050-8149 | Customs  |
        ^^^^^^^^^ registry-duplicate: 8050–8149 of "Customs" overlaps 8000–8099 of "Pilotage" (PORTS.md:5), and neither lies within the other.
      | 9000-9099 | Dredging |
      | 9000-9099 | Towage   |
        ^^^^^^^^^ registry-duplicate: 9000–9099 of "Towage" is also given to "Dredging" (PORTS.md:7).
    `));

  test.each([
    ['a part of a wider block', '| 8000-8999 | Pilotage | |\n| 8100-8199 | Customs | |'],
    ['the same group', '| 8000-8099 | Pilotage | |\n| 8050-8149 | Pilotage | |'],
    ['two environments', '| 8000-8099 | Pilotage | dev |\n| 8050-8149 | Customs | production |'],
    ['side by side', '| 8000-8099 | Pilotage | |\n| 8100-8199 | Customs | |'],
  ])('silent: %s', (_, rows) => {
    const text = `# Ports\n\n| Range | Group | Environment |\n|---|---|---|\n${rows}\n`;
    expect(findings(new Map([['PORTS.md', text]]))).toEqual([]);
  });

  test('silent: two tables that cut the ports in different ways', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Range     | Group    |
      |-----------|----------|
      | 8000-8099 | Pilotage |

      By floor:

      | Range     | Group   |
      |-----------|---------|
      | 8050-8149 | Cellar  |
    `));
});

describe('out-of-range: the range of the document', () => {
  const rows = `
      | Service  | Port  |
      |----------|-------|
      | Manifest | 53010 |`;

  test('a row outside the range to which all ports are bound', () =>
    checks(`
      --- PORTS.md
      # Quay Ports

      53000–54999 only.
${rows}
      | Weather  | 3000  |
                   ^^^^ out-of-range: 3000 of Weather lies outside 53000–54999, the range of "Quay Ports" (PORTS.md:3).
    `));

  test('silent where the range is only told', () =>
    checks(`
      --- PORTS.md
      # Quay Ports

      Port Range: 53000-54999
${rows}
      | Weather  | 3000  |
    `));
});

describe('registry-disagreement', () => {
  test('a later list against a table', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8110 |

      ## Quick list

      - **8010**: Manifest
          ^^^^ registry-disagreement: "Manifest" is given 8010 here, but 8110 in PORTS.md:5.
    `));

  test('several ports in one table', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8110 |
      | Manifest | 8111 |
    `));

  test('a section that adds a port to a known one', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8110 |

      ## All

      | Service  | Port |
      |----------|------|
      | Manifest | 8110 |
      | Manifest | 8119 |
    `));

  test('the registry of a folder against the one around it', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8110 |
      --- cargo/PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8210 |
                   ^^^^ registry-disagreement: "Manifest" is given 8210 here, but 8110 in PORTS.md:5.
    `));

  test('a clash with another owner excuses no second port', () =>
    checks(`
      --- ports.yaml
      services:
        manifest:
          port: 8110
          conflict: weather uses 8110 as well
      --- cargo/PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8210 |
                   ^^^^ registry-disagreement: "Manifest" is given 8210 here, but 8110 in ports.yaml:3.
    `));

  test('one container in two registries', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service        | Container     | Port |
      |----------------|---------------|------|
      | Redis          | cargo-redis   | 8110 |
      | RabbitMQ       | cargo-rabbit  | 8120 |
      | RabbitMQ Pages | cargo-rabbit  | 8121 |
      | Redis          | crane-redis   | 8130 |
      --- cargo/ports.yaml
      services:
        cargo-redis:
          port: 8210
                ^^^^ registry-disagreement: "cargo-redis" is given 8210 here, but 8110 in PORTS.md:5.
        cargo-rabbit:
          port: 8120
    `));

  test('one service with one purpose in two blocks', () =>
    checks(`
      --- PORTS.md
      # Ports

      ## Purchase (8110-8119)

      | Service | Port | Notes       |
      |---------|------|-------------|
      | vendors | 8111 | Vendor data |
      | labels  | 8112 | For buyers  |

      ## Supply (8120-8129)

      | Service | Port | Notes       |
      |---------|------|-------------|
      | vendors | 8121 | Vendor data |
                  ^^^^ registry-disagreement: "vendors" is given 8121 here, but 8111 in PORTS.md:7.
      | labels  | 8122 | For depots  |
    `));

  test('the port for http is the one of which others speak without a word for it', () =>
    checks(`
      --- ports.yaml
      services:
        manifest:
          http_port: 8110
          grpc_port: 8111
      --- cargo/PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | Manifest | 8210 |
                   ^^^^ registry-disagreement: "Manifest" is given 8210 here, but 8110 in ports.yaml:3.
    `));
});

describe('the nearest registry', () => {
  test('counts, and the one around it where the nearest is silent', () =>
    checks(`
      --- docs/PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | Crane   | 4100 |
      | Winch   | 4101 |
      --- cargo/docs/PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | Hoist   | 4200 |
      --- cargo/compose.yaml
      services:
        hoist:
          image: x
          ports: ["4201:80"]
                   ^^^^ port-mismatch: hoist publishes 4201, but the registry gives it 4200 as "Hoist" (docs/PORTS.md:5).
        crane:
          image: x
          ports: ["4109:80"]
                   ^^^^ port-mismatch: crane publishes 4109, but the registry gives it 4100 as "Crane" (docs/PORTS.md:5).
      --- other.md
      # Nothing about that
    `));
});

describe('owned-by-other', () => {
  test('a proxy publishes for others', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service |
      |------|---------|
      | 8090 | Winch   |
      --- compose.yaml
      services:
        edge:
          image: caddy:2
          ports: ["8090:8090"]
    `));

  test('the row speaks of the service that uses it', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service        | Notes                             |
      |------|----------------|-----------------------------------|
      | 8090 | Yard Analytics | takes over satellite and drone    |
      --- compose.yaml
      services:
        satellite-service:
          image: x
          ports: ["8090:8090"]
    `));

  test('the registry knows the service by its old name', () =>
    checks(`
      --- ports.yaml
      services:
        quay-decision-support:
          port: 8090
          old_name: quay-cds
      --- compose.yaml
      services:
        quay-cds:
          image: x
          ports: ["8091:8090"]
                   ^^^^ port-mismatch: quay-cds publishes 8091, but the registry gives it 8090 as "quay-decision-support" (ports.yaml:3).
    `));

  test('an instance for tests is another service', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service      |
      |------|--------------|
      | 8106 | Crane Gate   |
      --- compose.yaml
      services:
        crane-gate-test:
          image: x
          ports: ["18096:8106"]
                   ^^^^^ unregistered-port: crane-gate-test publishes 18096, which PORTS.md does not mention.
    `));

  test('numbered alike, but not the same', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service           |
      |------|-------------------|
      | 5440 | pier-26 Postgres  |
      | 5441 | pier-4 Postgres   |
      --- compose.yaml
      services:
        pier4-database:
          image: postgres
          ports: ["5440:5432"]
                   ^^^^ owned-by-other: pier4-database publishes 5440, which the registry gives to "pier-26 Postgres" (PORTS.md:5).
    `));

  test('a section that is named after the service, and one after its folder', () =>
    checks(`
      --- PORTS.md
      # Ports

      ## Crane

      | Port | Part   |
      |------|--------|
      | 8554 | Stream |

      ## Berth Desk

      | Port | Service |
      |------|---------|
      | 8086 | Winch   |
      --- berth-desk/compose.yaml
      services:
        crane:
          image: x
          ports: ["8554:8554"]
        tug:
          build: .
          ports: ["8086:8086"]
                   ^^^^ owned-by-other: tug publishes 8086, which the registry gives to "Winch" (PORTS.md:13).
    `));
});

describe('owned-by-other: services that the registry knows', () => {
  test('a further port beside the right one', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service |
      |------|---------|
      | 8090 | Winch   |
      | 8091 | Ferry   |
      --- compose.yaml
      services:
        winch:
          image: x
          ports: ["8090:80", "8091:81"]
                              ^^^^ owned-by-other: winch publishes 8091, which the registry gives to "Ferry" (PORTS.md:6).
    `));

  test('a name that several stacks use', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service |
      |------|---------|
      | 8090 | Winch   |
      | 8091 | Ferry   |
      --- east/compose.yaml
      services:
        winch:
          image: x
          ports: ["8091:80"]
                   ^^^^ owned-by-other: winch publishes 8091, which the registry gives to "Ferry" (PORTS.md:6).
      --- west/compose.yaml
      services:
        winch:
          image: x
    `));

  test('a port over which its owners are known to clash', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Port | Service | Notes               |
      |------|---------|---------------------|
      | 8090 | Winch   | conflicts with ferry |
      --- compose.yaml
      services:
        lantern:
          image: x
          ports: ["8090:80"]
                   ^^^^ owned-by-other: lantern publishes 8090, which the registry gives to "Winch" (PORTS.md:5).
      --- ferry/compose.yaml
      services:
        ferry:
          image: x
          ports: ["8090:80"]
    `));
});

describe('forbidden-port', () => {
  test('names the port of a published range that is forbidden', () =>
    checks(`
      --- PORTS.md
      # Ports

      **Never use:**

      - 8000: everybody's default
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8000-8005:8000-8005"]
                   ^^^^^^^^^ forbidden-port: quay publishes 8000 (of 8000–8005), which the registry says not to use (PORTS.md:5).
    `));
});

describe('what cannot be sure', () => {
  test('a registry that does not parse may mention anything', () =>
    checks(`
      --- ports.json
      { "services": { "crane": { "port": 4100 }, "winch": x "port": 4101 } } }
      --- compose.yaml
      services:
        winch:
          image: x
          ports: ["4101:80"]
    `));

  test('a database on its usual port in a range kept for later', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Range     | Status   | Purpose          |
      |-----------|----------|------------------|
      | 6300-6999 | Reserved | Future expansion |
      --- compose.yaml
      services:
        redis:
          image: redis:7
          ports: ["6379:6379"]
    `));

  test('no fix is taken by itself in a file that a program writes', () => {
    const files = filesOf(`
      --- PORTS.md
      # Ports

      | Port | Service |
      |------|---------|
      | 4100 | Crane   |
      --- compose.yaml
      # AUTO-GENERATED FILE - DO NOT EDIT
      services:
        crane:
          image: x
          ports: ["4101:80"]
    `);
    expect(findings(files).map(({ fixes }) => fixes.map(({ preferred }) => preferred))).toEqual([[false]]);
  });
});

describe('without a registry', () => {
  test('there is nothing to contradict', () =>
    checks(`
      --- compose.yaml
      services:
        web:
          image: nginx
          ports: ["8080:80"]
      --- README.md
      # Harbour

      | Service | Port |
      |---------|------|
      | web     | 8081 |
    `));
});

describe('the variables of Ansible', () => {
  test('of all hosts govern what lies beside, those of one group do not', () =>
    checks(`
      --- ansible/group_vars/all/ports.yml
      service_ports:
        quay: {http: 3010}
        crane: {http: 3011}
      --- ansible/group_vars/west/ports.yml
      service_ports:
        tug: {http: 3012}
      --- stacks/quay/compose.yaml
      services:
        quay:
          image: harbour/quay
          ports:
            - "3001:3000"
               ^^^^ port-mismatch: quay publishes 3001, but the registry gives it 3010 as "quay http" (ansible/group_vars/all/ports.yml:2).
      --- stacks/tug/compose.yaml
      services:
        tug:
          image: harbour/tug
          ports:
            - "3012:3000"
               ^^^^ unregistered-port: …
    `));
});

test('a port belongs to whoever its section is about', () =>
  checks(`
    --- ports.json
    {
      "quay": { "web": 5000, "lamp": 8554 },
      "crane": 5001
    }
    --- compose.yaml
    services:
      quay:
        image: harbour/quay
        ports:
          - "5000:5000"
          - "8554:8554"
      crane:
        image: harbour/crane
        ports:
          - "5001:80"
    --- tug/compose.yaml
    services:
      tug:
        image: harbour/tug
        ports:
          - "8554:80"
             ^^^^ owned-by-other: tug publishes 8554, which the registry gives to "lamp" (ports.json:2).
  `));
