import { describe, test } from 'vitest';
import { dedent } from '../../support/fixture.ts';
import { checks } from '../../support/workspace.ts';

const registry = `--- PORTS.md
# Ports

| Service        | Port |
|----------------|------|
| Berth Planner  | 9007 |
| Tide Forecast  | 9008 |
`;

/** A package with a port that the registry does not give it, and whatever else there is. */
const besides = (others: string, name = 'berth-planner', carets = '') =>
  checks(`${registry}--- berth/package.json
{"name": "${name}", "scripts": {"start": "next start -p 9107"}}
${carets}${dedent(others)}`);

const found =
  '                                                              ^^^^ port-mismatch: berth-planner is started on 9107, but the registry gives "Berth Planner" 9007 (PORTS.md:5).\n';

describe('a package on another port than its registry says', () => {
  test('is told', () => besides('', 'berth-planner', found));
  test('also beside a compose file that has nothing to do with it', () =>
    besides(
      `
      --- compose.yaml
      services:
        tide-forecast:
          image: harbour/tide
          ports: ["9008:80"]
      `,
      'berth-planner',
      found,
    ));
});

describe('silent', () => {
  test('when the registry does not know the name', () => besides('', 'berth'));
  test('when Docker publishes the registered port', () =>
    besides(`
      --- compose.yaml
      services:
        planner:
          image: harbour/berth
          ports: ["9007:9107"]
    `));
  test('when a compose service has the name', () =>
    besides(`
      --- compose.yaml
      services:
        berth-planner:
          image: harbour/berth
    `));
  test('when the package is built into an image', () =>
    besides(`
      --- berth/Dockerfile
      FROM node:20
      EXPOSE 9107
    `));
  test('when a variables file beside it has the registered port', () =>
    besides(`
      --- berth/.env
      PORT=9007
    `));
  test('when one script has the registered port, or none can be told from the other', () =>
    checks(`${registry}--- berth/package.json
{"name": "berth-planner", "scripts": {"start": "next start -p 9007", "dev": "next dev -p 9107"}}
--- tide/package.json
{"name": "tide-forecast", "scripts": {"start": "next start -p 9107", "dev": "next dev -p 9108"}}
`));
  test('when the row speaks of another stage, machine or side', () =>
    checks(`--- PORTS.md
# Ports

| Service        | Port | Environment | Machine  | Container port |
|----------------|------|-------------|----------|----------------|
| Berth Planner  | 9007 | production  |          |                |
| Tide Forecast  | 9008 |             | harbour1 |                |
| Crane Yard     | 9009 |             |          | 9109           |
--- berth/package.json
{"name": "berth-planner", "scripts": {"start": "next start -p 9107"}}
--- tide/package.json
{"name": "tide-forecast", "scripts": {"start": "next start -p 9108"}}
--- crane/package.json
{"name": "crane-yard", "scripts": {"start": "next start -p 9109"}}
`));
});

test('units of systemd and processes are held to their rows as well', () =>
  checks(`${registry}--- ops/berth-planner.service
[Service]
ExecStart=/usr/bin/docker run --name b -p 9107:80 harbour/berth
                                          ^^^^ port-mismatch: berth-planner publishes 9107, but the registry gives "Berth Planner" 9007 (PORTS.md:5).
--- ops/tide-forecast.socket
[Socket]
ListenStream=127.0.0.1:9108
                       ^^^^ port-mismatch: tide-forecast listens on 9108, but the registry gives "Tide Forecast" 9008 (PORTS.md:6).
--- Procfile
tide-forecast: bin/tide --port 9108
                               ^^^^ port-mismatch: tide-forecast is started on 9108, but the registry gives "Tide Forecast" 9008 (PORTS.md:6).
web: bin/web --port 9109
`));

test('a name of kinds of things only is told by the folder in its row', () =>
  checks(`
    --- PORTS.md
    # Ports

    | Service | Directory  | Port |
    |---------|------------|------|
    | Admin   | apps/admin | 9007 |
    --- apps/admin/package.json
    {"name": "@harbour/admin", "scripts": {"start": "next start -p 9107"}}
                                                                   ^^^^ port-mismatch: admin is started on 9107, but the registry gives "Admin" 9007 (PORTS.md:5).
    --- tools/admin/package.json
    {"name": "@harbour/admin", "scripts": {"start": "next start -p 9108"}}
  `));
