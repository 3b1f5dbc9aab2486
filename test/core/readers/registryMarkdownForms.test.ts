import { describe, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('lines of a list', () => {
  it('give a port by an address, a mapping, an arrow or in parentheses', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      - Quay: http://localhost:4009
                               ^^^^ assignment 4009 host Quay excused
      - Pages of the quay: http://localhost:4009/pages
      - Quay base URL: http://localhost:4009
      - QUAY_URL=http://localhost:4009
      - quay.example.org -> localhost:4009
      - compose.yaml: 4017:3000
      - Backup: 22:53
      - Crane: 4017:3000
               ^^^^ assignment 4017 host Crane
                    ^^^^ assignment 3000 container Crane
      - Valkey, 6380 → 6379
                ^^^^ assignment 6380 host Valkey
                       ^^^^ assignment 6379 container Valkey
      - Buoy (4005)
              ^^^^ assignment 4005 any Buoy
      - Tide (port 4006) - gauges
                   ^^^^ assignment 4006 any Tide
      - raises the limit of all boats (4007)
    `,
    );
  });

  it('begin with a port in marks, or with a protocol behind it', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      - **4001** Crane
          ^^^^ assignment 4001 any Crane
      - **4002** is what the crane had
      - 4003/tcp Buoy
        ^^^^ assignment 4003/tcp any Buoy
      - 4004 boats
    `,
    );
  });

  it('tell the sides and the parts of two ports in words', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      - Depot — 5439 on the host, 5432 in the container
                ^^^^ assignment 5439 host Depot
                                  ^^^^ assignment 5432 container Depot
      - Log: host 4016, container 3000
                  ^^^^ assignment 4016 host Log
                                  ^^^^ assignment 3000 container Log
      - Mail → 5150 smtp, 5151 ui
               ^^^^ assignment 5150 any Mail
                          ^^^^ assignment 5151 any Mail
      - Chart: 4038, formerly 4039
               ^^^^ assignment 4038 any Chart

      ## Pier

      - Port: 4200
              ^^^^ assignment 4200 any Pier
      - Metrics port: 4201
                      ^^^^ assignment 4201 any Pier Metrics
    `,
    );
  });

  it('are one alone where their label says what the ports are', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      Blocked by the firewalls: 30000-30999, 32000.
                                ^^^^^^^^^^^ forbidden 30000-30999 any -
                                             ^^^^^ forbidden 32000 any -

      Portas reservadas: 8800-8810
                         ^^^^^^^^^ reserved 8800-8810 any -

      The crane: 8900

      **Buoy** – 8901
                 ^^^^ assignment 8901 any Buoy
    `,
    );
  });
});

describe('headings and columns', () => {
  it('tell what runs no more, and in which place', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      ## Ambiente local

      - Crane: 4000
               ^^^^ assignment 4000 any Crane environment=local

      ## Servidor de homologação (10.1.0.15)

      - Crane: 5000
               ^^^^ assignment 5000 any Crane environment=Servidor homologação

      ## Retired

      - Buoy (4005)
              ^^^^ former 4005 any Buoy

      ### 廃止

      | Port | Service |
      |---|---|
      | 4006 | tide |
        ^^^^ former 4006 any tide
    `,
    );
  });

  it('tell which ports are only called', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Port | Process | Direction |
      |---|---|---|
      | 2525 | mail | inbound |
        ^^^^ assignment 2525 any mail
      | 4430 | mail | outbound |
    `,
    );
  });

  it('hold mappings and defaults of variables, and the owner in whatever column has words', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      | Container | Mapping |
      |---|---|
      | anchor | 6101:80 |
                 ^^^^ assignment 6101 host anchor container=anchor
                      ^^ assignment 80 container anchor container=anchor

      | Step | Time |
      |---|---|
      | restarted | 16:38 |

      | Slot | Port | Who |
      |---|---|---|
      | 0 | 6901 | plover |
            ^^^^ assignment 6901 any plover
      | 1 | \${GULL_PORT:-6902} | gull |
                         ^^^^ assignment 6902 any gull
    `,
    );
  });

  it('tell the properties of one service', () => {
    reads(
      registryMarkdown,
      'ports.md',
      `
      # Ports

      ## Heron

      | Property | Value |
      |---|---|
      | Port | 6301 |
               ^^^^ assignment 6301 any Heron
      | Internal port | 8080 |
                        ^^^^ assignment 8080 container Heron
      | Connections | 2000 |
    `,
    );
  });
});
