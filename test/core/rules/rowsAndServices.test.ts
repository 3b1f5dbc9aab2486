import { describe, test } from 'vitest';
import { checks } from '../../support/workspace.ts';

describe('a row speaks of a service', () => {
  test('by its project and the product that runs there', () =>
    checks(`
      --- ports.json
      {
        "services": [
          { "name": "quay-mysql", "port": 3317, "path": "sites/quay" },
          { "name": "crane-mysql", "port": 3327, "path": "sites/crane" },
          { "name": "buoy-mysql", "port": 3327, "path": "sites/buoy" }
                                          ^^^^ registry-duplicate: 3327 is given to "buoy-mysql" here and to "crane-mysql" (ports.json:4).
        ]
      }
      --- sites/quay/compose.yaml
      services:
        mysql:
          image: mysql:8
          ports: ["3318:3306"]
                   ^^^^ port-mismatch: mysql publishes 3318, but the registry gives it 3317 as "quay-mysql" (ports.json:3).
      --- sites/crane/compose.yaml
      services:
        mysql:
          image: mysql:8
          ports: ["3327:3306"]
    `));

  test('by its name and the part of it that listens there', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Component      | Container port | Host port |
      |----------------|----------------|-----------|
      | Winch 1 UI     | 8081           | 8081      |
      | Winch 2 UI     | 8081           | 8082      |
      | Tug ledger     | 8081           | 8083      |
      --- compose.yaml
      services:
        winch-1:
          image: harbour/winch
          ports: ["8081:8081"]
        winch-2:
          image: harbour/winch
          ports: ["8085:8081", "7085:7081"]
                   ^^^^ port-mismatch: winch-2 publishes 8085, but the registry gives it 8082 as "Winch 2 UI" (PORTS.md:6).
                                ^^^^ unregistered-port: …
        tug:
          image: harbour/tug
          ports: ["8086:8081"]
                   ^^^^ unregistered-port: …
    `));

  test('by the name in parentheses that files use', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | 係留 (berth-service) | 9003 |
      | Cargo (cargo-api) | 9004 |
      | Crane (quay) | 9005 |
      --- compose.yaml
      services:
        berth-service:
          image: harbour/berth
          ports: ["9103:80"]
                   ^^^^ port-mismatch: berth-service publishes 9103, but the registry gives it 9003 as "係留 (berth-service)" (PORTS.md:5).
        cargo-api:
          image: harbour/cargo
          ports: ["9104:80"]
                   ^^^^ port-mismatch: cargo-api publishes 9104, but the registry gives it 9004 as "Cargo (cargo-api)" (PORTS.md:6).
        quay:
          image: harbour/quay
          ports: ["9105:80"]
                   ^^^^ unregistered-port: …
    `));

  test('by its product, with words for what that is', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | Redis Cache | 6390 |
      | mongo-store | 27020 |
      --- compose.yaml
      services:
        redis:
          image: redis
          ports: ["6391:6379"]
                   ^^^^ port-mismatch: redis publishes 6391, but the registry gives it 6390 as "Redis Cache" (PORTS.md:5).
        mongo:
          image: mongo
          ports: ["27021:27017"]
                   ^^^^^ unregistered-port: …
    `));

  test('of its own project, where many projects have one of the name', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Project | Service | Port |
      |---------|---------|------|
      | tides | api | 3102 |
      | berths | api | 3121 |
      --- apps/tides/compose.yaml
      name: tides
      services:
        api:
          image: harbour/tides
          ports: ["3102:80"]
      --- apps/berths/compose.yaml
      name: berths
      services:
        api:
          image: harbour/berths
          ports: ["3112:80"]
                   ^^^^ port-mismatch: api publishes 3112, but the registry gives it 3121 as "berths api" (PORTS.md:6).
    `));

  test('in the stage of the file in which the port is written', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Dev | Staging |
      |---------|-----|---------|
      | Crane | 14000 | 24000 |
      --- compose.yaml
      services:
        crane:
          image: harbour/crane
          ports: ["\${CRANE_PORT}:80"]
      --- .env.staging
      CRANE_PORT=24001
                 ^^^^^ port-mismatch: crane publishes 24001, but the registry gives it 24000 as "Crane" (PORTS.md:5).
    `));
});

describe('a registry governs what lies beside its folder', () => {
  test.each(['tools', 'registry', 'scripts'])('%s', (folder) =>
    checks(`
      --- ${folder}/ports.yaml
      crane: 9001
      --- compose.yaml
      services:
        crane:
          image: harbour/crane
          ports: ["9101:80"]
                   ^^^^ port-mismatch: …
    `),
  );

  test('but not from a project in such a folder', () =>
    checks(`
      --- tools/winch/ports.yaml
      crane: 9001
      --- compose.yaml
      services:
        crane:
          image: harbour/crane
          ports: ["9101:80"]
    `));

  test.each(['docs/content/tools', 'website/docs/reference', 'apps/docs', 'dokumentacja'])(
    'all of it from %s',
    (folder) =>
      checks(`
      --- ${folder}/ports.yaml
      crane: 9001
      --- compose.yaml
      services:
        crane:
          image: harbour/crane
          ports: ["9101:80"]
                   ^^^^ port-mismatch: …
    `),
  );
});

describe('a registry mentions a published port', () => {
  test('in the note of its service, and as a block', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port | Notes |
      |---------|------|-------|
      | Buoy | 8384 | sync on 22000 tcp and udp |
      | Lamp | 8385 | |

      - **Relay:** 49160-49200/udp
      --- compose.yaml
      services:
        buoy:
          image: harbour/buoy
          ports: ["8384:8384", "22000:22000"]
        lamp:
          image: harbour/lamp
          ports: ["8385:80", "22001:22000", "49160-49200:49160-49200/udp", "49201:49201/udp"]
                              ^^^^^ unregistered-port: …
                                                                            ^^^^^ unregistered-port: …
    `));
});

describe('a name in a folder or a namespace', () => {
  test('is that of the service, and two names beside each other are none', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service         | Port |
      |-----------------|------|
      | climate/quay-ui | 9010 |
      | postgres/buoy   | 9011 |
      --- compose.yaml
      services:
        quay-ui:
          image: harbour/quay-ui
          ports: ["9012:80"]
                   ^^^^ port-mismatch: quay-ui publishes 9012, but the registry gives it 9010 as "climate/quay-ui" (PORTS.md:5).
        buoy:
          image: harbour/buoy
          ports: ["9013:80"]
                   ^^^^ unregistered-port: buoy publishes 9013, which PORTS.md does not mention.
    `));
});
