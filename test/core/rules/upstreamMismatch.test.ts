import { describe, test } from 'vitest';
import { checks } from '../../support/workspace.ts';

describe('upstream-mismatch where only a variable tells the port', () => {
  const conf = `
  --- nginx/quay.conf
  upstream ledger {
    server ledger:8000;
`;
  const compose = (rest: string) => `
  --- compose.yaml
  x-shared: &shared
    LISTEN_PORT: 80
  services:
    ledger:
      image: quay/ledger
      environment:
        <<: *shared
${rest}`;

  test('the variable is believed', () =>
    checks(`${conf}                  ^^^^ upstream-mismatch: Nothing listens on 8000 in ledger; it listens on 80.
  }
${compose('').slice(1)}`));

  test.each([
    ['its own healthcheck', '      healthcheck:\n        test: curl -f http://localhost:8000/\n'],
    ['a neighbour', '    pier:\n      image: quay/pier\n      environment:\n        LEDGER_URL: http://ledger:8000\n'],
  ])('%s knows better', (_, rest) => checks(`${conf}  }\n${compose(rest).slice(1)}`));
});

describe('upstream-mismatch at a label', () => {
  const service = (port: number, rest = '') => `
  --- compose.yaml
  services:
    ledger:
      image: quay/ledger
      ports: ["8222:80"]
${rest}      labels:
        - traefik.http.services.ledger.loadbalancer.server.port=${port}
`;

  test('that sends a proxy to the published port', () =>
    checks(`${service(8222)}                                                                ^^^^ upstream-mismatch: 8222 is the port that ledger publishes on the host; inside the network it listens on 80.
`));

  test.each([
    ['of the container', service(80)],
    ['of which nothing else tells', service(9000)],
    ['that is exposed, too', service(8222, '      expose: ["8222"]\n')],
    ['that a variable tells, too', service(8222, '      environment:\n        PORT: 8222\n')],
  ])('silent: a port %s', (_, compose) => checks(compose));
});

describe('upstream-mismatch at a port that the registry gives on the host', () => {
  const files = (row: string, ports: string) => `
  --- PORTS.md
  # Ports

  | Service | Host port | Container port |
  |---------|-----------|----------------|
  | ${row} |
  --- compose.yaml
  services:
    ledger:
      image: quay/ledger
      ports: ["${ports}"]
               ^^^^ port-mismatch: ledger publishes 8333, but the registry gives it 8222 (PORTS.md:5).
    pier:
      image: quay/pier
      environment:
        LEDGER_URL: http://ledger:8222
`;

  test('while the service is published on another one, and listens on its own', () =>
    checks(`${files('ledger | 8222 | 8080', '8333:8080')}                                  ^^^^ upstream-mismatch: 8222 is the port that the registry gives ledger on the host; inside the network it listens on 8080.
`));

  test('silent: the port inside changes along', () => checks(files('ledger | 8222 | 8222', '8333:8333')));
});
