import { describe, expect, test } from 'vitest';
import { definitionsOf } from '../../../server/src/core/features/navigation.ts';
import { leadsTo, scene } from '../../support/navigation.ts';

/** Expects the definition of what is under the cursor where the carets are. */
function defined(picture: string): void {
  leadsTo(picture, ({ spot, index }) => definitionsOf(spot, index).map((place) => ({ ...place, note: 'here' })));
}

describe('the definition of', () => {
  test('a published port is its row, and nothing that says the same digits', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      | crane-api   | 9007      |
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["9‸006:9007"]
    `);
  });

  test('a wrong port is the row that says better', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["9‸106:8000"]
    `);
  });

  test('a port of somebody else is the row of its owner', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      --- compose.yaml
      services:
        lantern:
          image: x
          ports: ["9‸006:8000"]
    `);
  });

  test('a service is all that the registry gives it', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      | berth-api   | 9016      |
                      ^^^^ here
      --- compose.yaml
      services:
        ‸berth-api:
          image: x
          ports: ["9006:8000"]
    `);
  });

  test('a claim is itself, so that editors show its references', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 90‸06      |
                      ^^^^ here
      | berth-api   | 9006      |
    `);
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | ber‸th-api   | 9006      |
        ^^^^^^^^^ here
    `);
  });

  test('a host in nginx is the service', () => {
    defined(`
      --- compose.yaml
      services:
        berth-api:
        ^^^^^^^^^ here
          image: x
          ports: ["9006:8000"]
      --- nginx.conf
      upstream berth { server bert‸h-api:8000; }
    `);
  });

  test('a port behind a host name is where the target says that it listens', () => {
    defined(`
      --- compose.yaml
      services:
        berth-api:
          image: x
          environment:
            PORT: 8000
                  ^^^^ here
          ports: ["9006:8000"]
      --- nginx.conf
      server { location / { proxy_pass http://berth-api:80‸00; } }
    `);
    defined(`
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["9006:8000"]
                        ^^^^ here
      --- nginx.conf
      server { location / { proxy_pass http://berth-api:80‸00; } }
    `);
  });

  test('a port that an image exposes is in its Dockerfile', () => {
    defined(`
      --- compose.yaml
      services:
        berth-api:
          build: ./berth
          ports: ["9006:80‸00"]
      --- berth/Dockerfile
      FROM scratch
      EXPOSE 8000
             ^^^^ here
    `);
  });

  test('a port on which the target does not listen is what the registry gives to the target', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Port |
      |-------------|------|
      | berth-api   | 8000 |
                      ^^^^ here
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["8000:8000"]
      --- nginx.conf
      server { location / { proxy_pass http://berth-api:81‸00; } }
    `);
  });

  test('a port of the machine is where it is published, or else its row', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["9006:8000"]
                   ^^^^ here
      --- nginx.conf
      server { location / { proxy_pass http://127.0.0.1:90‸06; } }
    `);
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      --- nginx.conf
      server { location / { proxy_pass http://127.0.0.1:90‸06; } }
    `);
  });

  test('the name of an upstream group is where nginx defines it', () => {
    defined(`
      --- nginx.conf
      upstream berth { server berth-api:8000; }
               ^^^^^ here
      server { location / { proxy_pass http://ber‸th; } }
      --- compose.yaml
      services:
        berth:
          image: x
    `);
  });

  test('a host in the URL of a variable is the service', () => {
    defined(`
      --- compose.yaml
      services:
        berth-api:
        ^^^^^^^^^ here
          image: x
        quay:
          image: x
          environment:
            BERTH_URL: "http://be‸rth-api:8000/v1"
    `);
  });

  test('a default is its row; a variable is its value, and the row of that', () => {
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["\${BERTH_PORT:-90‸06}:8000"]
    `);
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["\${BERTH_PORT:-91‸06}:8000"]
      --- .env
      BERTH_PORT=9006
                 ^^^^ here
    `);
    defined(`
      --- PORTS.md
      # Ports

      | Service     | Host port |
      |-------------|-----------|
      | berth-api   | 9006      |
                      ^^^^ here
      --- compose.yaml
      services:
        berth-api:
          image: x
          ports: ["\${BERTH_PORT:-9106}:8000"]
      --- .env
      BERTH_PORT=90‸06
    `);
  });

  test('anything else is unknown', () => {
    expect(scene('--- compose.yaml\nservices:\n  berth-api:\n    im‸age: x\n').spot).toBeUndefined();
  });
});
