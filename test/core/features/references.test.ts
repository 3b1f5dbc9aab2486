import { describe, expect, test } from 'vitest';
import { highlightsOf, referencesOf } from '../../../server/src/core/features/references.ts';
import { leadsTo, type Noted, scene } from '../../support/navigation.ts';
import { finish } from '../../support/workspace.ts';

/** Expects every place of what is under the cursor where the carets are. */
function referenced(picture: string): void {
  leadsTo(picture, ({ spot, index }) =>
    finish(referencesOf(spot, index)).map(
      ({ kind, isMismatch, ...place }): Noted => ({ ...place, note: isMismatch ? 'mismatch' : kind }),
    ),
  );
}

/** The same for what is lit up in the file itself. */
function lit(picture: string): void {
  leadsTo(picture, ({ spot, index, text }) =>
    highlightsOf(spot, index, text).map(({ kind, ...place }): Noted => ({ ...place, note: kind })),
  );
}

describe('the references of', () => {
  test('a row: the uses of its service on its side', () => {
    referenced(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9‸006      |
                      ^^^^ definition
      | crane-api   | 9007      |
      --- compose.yaml
      services:
        berth-api:
          image: x
          environment:
            PORT: 9006
          ports: ["9006:9006"]
                   ^^^^ use
        crane-api:
          image: x
          ports: ["9007:9006"]
      --- nginx.conf
      server { location / { proxy_pass http://127.0.0.1:9006; } }
                                                        ^^^^ use
      server { location / { proxy_pass http://berth-api:9006; } }
    `);
  });

  test('a row that tells no side: those on both, for they move together', () => {
    referenced(`
      --- PORTS.md
      # Ports

      | Service     | Port |
      |-------------|------|
      | berth-api   | 9006 |
                      ^^^^ definition
      --- compose.yaml
      services:
        berth-api:
          image: x
          environment:
            PORT: 9006
                  ^^^^ use
          ports: ["9006:‸9006"]
                   ^^^^ use
                        ^^^^ use
        crane-api:
          image: x
          environment:
            PORT: 9006
            BERTH_URL: http://berth-api:9006
                                        ^^^^ use
            CRANE_URL: http://crane-api:9006
      --- nginx.conf
      upstream berth { server berth-api:9006; }
                                        ^^^^ use
    `);
  });

  test('a row of an image with a port of its own: none inside of the container', () => {
    referenced(`
      --- PORTS.md
      # Ports

      | Service     | Port |
      |-------------|------|
      | postgres    | 5432 |
                      ^^^^ definition
      --- compose.yaml
      services:
        postgres:
          image: postgres:17
          ports: ["54‸32:5432"]
                   ^^^^ use
        quay:
          image: x
          environment:
            DATABASE_URL: postgres://postgres:5432/quay
    `);
  });

  test('a row: also the places that should bear its port', () => {
    referenced(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9‸006      |
                      ^^^^ definition
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["9106:8000"]
                   ^^^^ mismatch
    `);
  });

  test('a row: the document that repeats it, and not the row of another environment', () => {
    referenced(`
      --- PORTS.md
      # Ports

      | Service   | Host port | Environment |
      |-----------|-----------|-------------|
      | Berth API | 90‸06      | dev         |
                    ^^^^ definition
      | Berth API | 9006      | prod        |

      ## Quick list

      - 9006 - Berth API
        ^^^^ definition
      --- compose.dev.yaml
      services:
        berth-api:
          image: x
          ports: ["9006:8000"]
                   ^^^^ use
    `);
  });

  test('a port inside of a container: into its Dockerfile and over to those who call it', () => {
    referenced(`
      --- compose.yaml
      services:
        berth-api:
          build: ./berth
          ports: ["9006:8000"]
                        ^^^^ use
          healthcheck:
            test: curl http://localhost:8000/health
                                        ^^^^ use
        crane-api:
          image: x
          ports: ["9007:8000"]
      --- berth/Dockerfile
      FROM scratch
      EXPOSE 80‸00
             ^^^^ use
      --- nginx.conf
      upstream berth { server berth-api:8000; server crane-api:8000; }
                                        ^^^^ use
    `);
  });

  test('a variable: its value and the places that read it', () => {
    referenced(`
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["\${BERTH_PORT:-9106}:8000"]
                                 ^^^^ use
      --- .env
      BERTH_PORT=90‸06
                 ^^^^ use
      CRANE_PORT=9006
    `);
  });

  test('a service: the places that send something to it by name', () => {
    referenced(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ definition
      --- compose.yaml
      services:
        berth-‸api:
        ^^^^^^^^^ definition
          image: x
          ports: ["9006:8000"]
      --- nginx.conf
      upstream crane-api { server berth-api:8000; }
                                  ^^^^^^^^^ use
      server { location / { proxy_pass http://crane-api; } }
    `);
  });

  test('an upstream group: the places that pass something to it', () => {
    referenced(`
      --- nginx.conf
      upstream ber‸th { server berth:8000; }
               ^^^^^ definition
      server { location / { proxy_pass http://berth; } }
                                              ^^^^^ use
      --- other/nginx.conf
      server { location / { proxy_pass http://berth; } }
    `);
  });

  test('a service that another folder has as well: that one alone', () => {
    referenced(`
      --- north/compose.yaml
      services:
        web:
          image: x
          ports: ["90‸06:80"]
                   ^^^^ use
      --- north/nginx.conf
      server { location / { proxy_pass http://127.0.0.1:9006; } }
                                                        ^^^^ use
      --- south/compose.yaml
      services:
        web:
          image: x
          ports: ["9006:80"]
      --- south/nginx.conf
      server { location / { proxy_pass http://127.0.0.1:9006; } }
    `);
  });
});

describe('in a file are lit up', () => {
  test('the places of the same port of the same service alone', () => {
    lit(`
      --- compose.yaml
      services:
        berth-api:
          image: x
          environment:
            PORT: 8000
                  ^^^^ use
          ports: ["8000:80‸00"]
                        ^^^^ use
        crane-api:
          image: x
          environment:
            PORT: 8000
            BERTH_URL: http://berth-api:8000
                                        ^^^^ use
    `);
  });

  test('rows that say the same, as what decides', () => {
    lit(`
      --- PORTS.md
      # Ports

      | Service   | Host port |
      |-----------|-----------|
      | Berth API | 90‸06      |
                    ^^^^ definition
      | Crane API | 9006      |

      ## Quick list

      - 9006 - Berth API
        ^^^^ definition
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["9006:8000"]
    `);
  });

  test('a service and its name in URLs', () => {
    lit(`
      --- compose.yaml
      services:
        berth-api:
        ^^^^^^^^^ definition
          image: x
        quay:
          image: x
          environment:
            BERTH_URL: http://ber‸th-api:8000
                              ^^^^^^^^^ use
    `);
  });

  test('the places that read a variable', () => {
    lit(`
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["\${BERTH_PORT:-91‸06}:8000"]
                                 ^^^^ use
          environment:
            PUBLIC_URL: http://localhost:9006
                                         ^^^^ use
      --- .env
      BERTH_PORT=9006
    `);
  });
});

test('work on references can be stopped after each file', () => {
  const { spot, index } = scene(`
    --- compose.yaml
    services:
      berth-api:
        image: x
        ports: ["90‸06:80"]
    --- nginx.conf
    server { location / { proxy_pass http://127.0.0.1:9006; } }
  `);
  expect([...referencesOf(spot!, index)]).toHaveLength(2);
});
