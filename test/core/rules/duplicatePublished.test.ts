import { describe, test } from 'vitest';
import { defaults } from '../../../server/src/core/settings/settings.ts';
import { checks } from '../../support/workspace.ts';

const two = (first: string, second: string) => `
  --- compose.yaml
  services:
    quay:
      image: harbour/quay
      ports: [${first}]
    crane:
      image: harbour/crane
      ports: [${second}]
`;

describe('no conflict', () => {
  test.each([
    ['ports that Docker picks', '"80"', '"80"'],
    ['two addresses', '"127.0.0.1:8080:80"', '"192.168.1.10:8080:80"'],
    ['an address without a host port', '"127.0.0.1::80"', '"127.0.0.1::80"'],
    ['a pool around the other', '"8000-8010:80"', '"8005:80"'],
    ['the other address family', '"[::1]:8080:80"', '"0.0.0.0:8080:80"'],
    ['the other protocol', '"5300:53/udp"', '"5300:53"'],
    ['another range', '"9000-9004:9000-9004"', '"9005-9009:9005-9009"'],
  ])('%s', (_, first, second) => checks(two(first, second)));

  test('the long form without a published port', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          ports: [{ target: 80 }]
        crane:
          image: x
          ports: [{ target: 80 }]
    `));

  test('profiles that share no name', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          profiles: [day]
          ports: ["8080:80"]
        crane:
          image: x
          profiles: [night]
          ports: ["8080:80"]
    `));

  test('files that are not used together', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8080:80"]
      --- compose.night.yaml
      services:
        crane:
          image: x
          ports: ["8080:80"]
    `));
});

describe('a conflict', () => {
  test('every address against one', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8080:80"]
        crane:
          image: x
          ports: ["127.0.0.1:8080:80"]
                             ^^^^ duplicate-published: crane publishes 8080, which is published by quay as well; only one of them can start.
    `));

  test('ranges that overlap', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["9000-9004:9000-9004"]
        crane:
          image: x
          ports: ["9004:80"]
                   ^^^^ duplicate-published: crane publishes 9004, which is published by quay as well; only one of them can start.
    `));

  test('a profile against a service that always runs', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8080:80"]
        crane:
          image: x
          profiles: [night]
          ports: ["8080:80"]
                   ^^^^ duplicate-published: crane publishes 8080, which is published by quay as well; only one of them can start.
    `));

  test('is the fault of the one that the registry wants elsewhere', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | quay    | 8081 |
      | crane   | 8080 |
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8080:80"]
                   ^^^^ duplicate-published: quay publishes 8080, which is published by crane as well; only one of them can start.
                   ^^^^ port-mismatch: quay publishes 8080, but the registry gives it 8081 (PORTS.md:5).
        crane:
          image: x
          ports: ["8080:80"]
    `));

  test('is marked in .env where the number stands there', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Port |
      |---------|------|
      | quay    | 8081 |
      | crane   | 8080 |
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["\${QUAY_PORT}:80"]
        crane:
          image: x
          ports: ["8080:80"]
      --- .env
      QUAY_PORT=8080
                ^^^^ duplicate-published: quay publishes 8080, which is published by crane as well; only one of them can start.
                ^^^^ port-mismatch: quay publishes 8080, but the registry gives it 8081 (PORTS.md:5).
    `));

  test('an override adds to its base', () =>
    checks(`
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8080:80", "8081:81"]
      --- compose.override.yaml
      services:
        quay:
          ports: ["8080:80", "127.0.0.1:8081:81"]
                                        ^^^^ duplicate-published: quay publishes 8081 twice, so it cannot start.
    `));

  test('files that the settings name together', () =>
    checks(
      `
      --- compose.yaml
      services:
        quay:
          image: x
          ports: ["8080:80"]
      --- compose.night.yaml
      services:
        crane:
          image: x
          ports: ["8080:80"]
                   ^^^^ duplicate-published: crane publishes 8080, which is published by quay as well; only one of them can start.
    `,
      { ...defaults, stacks: [['compose.yaml', 'compose.night.yaml']] },
    ));
});
