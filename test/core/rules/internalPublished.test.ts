import { describe, test } from 'vitest';
import { checks } from '../../support/workspace.ts';

/** A registry with one row, and a compose file that publishes its service. */
const harbour = (row: string, service: string, compose = 'docker-compose.yml') => `
  --- PORTS.md
  # Ports

  | Service | Host Port | Container Port | Notes |
  |---------|-----------|----------------|-------|
${row}
  --- ${compose}
  services:
    ledger:
      image: harbour/ledger
${service}`;

const row = '  | ledger  | -         | 8310           |       |';

describe('internal-published', () => {
  test('the inner port on another number of the host', () =>
    checks(
      harbour(
        row,
        `      ports:
        - "9310:8310"
           ^^^^ internal-published: ledger publishes 9310, but the registry calls it internal (PORTS.md:5).
           ^^^^ unregistered-port: ledger publishes 9310, which PORTS.md does not mention.
`,
      ),
    ));

  test('a port of its own, where all rows of the service are internal', () =>
    checks(`
      --- PORTS.md
      # Ports

      ## Inside (not exposed)

      | Service | Port |
      |---------|------|
      | ledger  | 8310 |
      --- docker-compose.yml
      services:
        ledger:
          image: harbour/ledger
          ports:
            - "9999:9999"
               ^^^^ internal-published: ledger publishes 9999, but the registry calls it internal (PORTS.md:7).
               ^^^^ unregistered-port: ledger publishes 9999, which PORTS.md does not mention.
    `));

  test.each([
    ['bound to the machine itself', '      ports: ["127.0.0.1:8310:8310"]\n'],
    ['bound to ::1', '      ports: ["[::1]:8310:8310"]\n'],
    ['not published', '      expose: ["8310"]\n'],
  ])('silent: %s', (_, service) => checks(harbour(row, service)));

  test('silent in tests', () => checks(harbour(row, '      ports: ["8310:8310"]\n', 'docker-compose.test.yml')));

  test('silent where another row gives the service a port of the host', () =>
    checks(
      harbour(`${row}\n  | ledger  | 9310      |                | for auditors |`, '      ports: ["9310:8310"]\n'),
    ));

  test('through a variable', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port | Notes         |
      |---------|------|---------------|
      | ledger  | 8310 | internal only |
      --- docker-compose.yml
      services:
        ledger:
          image: harbour/ledger
          ports: ["\${LEDGER_PORT}:8310"]
      --- .env
      LEDGER_PORT=8310
                  ^^^^ internal-published: ledger publishes 8310, but the registry calls it internal (PORTS.md:5).
    `));
});
