import { describe, it } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { reads } from '../../support/fixture.ts';

describe('items of a list', () => {
  it('are about the item above them', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      - Services
        - quay
          - host: 7400
                  ^^^^ assignment 7400 host quay
          - container: 8080
                       ^^^^ assignment 8080 container quay
        - crane:
          - Port: 7401
                  ^^^^ assignment 7401 any crane
          - metrics: 7491
                     ^^^^ assignment 7491 any crane metrics
      - **Tide store**
        - REST: 7410
                ^^^^ assignment 7410 any Tide store REST
        - AMQP: 7411
                ^^^^ assignment 7411 any Tide store AMQP
      - Stores
        - postgres: 7432
                    ^^^^ assignment 7432 any postgres
    `,
    );
  });

  it('tell the ports of a service each behind a word for it', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      - **Tide store** – REST \`6333\`, gRPC \`6334\`
                               ^^^^ assignment 6333 any Tide store
                                            ^^^^ assignment 6334 any Tide store
      - **MinIO** – API \`9000\`, console \`9001\`
                         ^^^^ assignment 9000 any MinIO
                                         ^^^^ assignment 9001 any MinIO
      - **Pilots** – about 4000 of them
    `,
    );
  });

  it('lead to a container by an arrow', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      - **Crane** – \`8001\` → container \`8000\`
                     ^^^^ assignment 8001 host Crane
                                        ^^^^ assignment 8000 container Crane
    `,
    );
  });

  it('of a history name no day as the service', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      - Crane: 4000
               ^^^^ assignment 4000 any Crane

      ## Changelog

      - 2025-01-04: Crane 8000 → 4000
                          ^^^^ former 8000 any Crane
      - 11.02.2025 – Quay moved from 3000 to 3080
                                     ^^^^ former 3000 any Quay
    `,
    );
  });

  it('stand in one line behind a label', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      Dependencies: Gull Bus 4222 (monitor 8222), Tide Store 6257, Buoy UI 6686.
                             ^^^^ assignment 4222 any Gull Bus
                                           ^^^^ assignment 8222 any Gull Bus monitor
                                                             ^^^^ assignment 6257 any Tide Store
                                                                           ^^^^ assignment 6686 any Buoy UI

      Note: the crane used 4222, and the winch 4223.

      Example: crane 4300, winch 4301
    `,
    );
  });

  it('are told by cells with signs, which a legend explains', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      **Legend:** ✅ open · 🔒 closed · ❌ not running

      | Service | Dev     | Staging  | Prod    |
      |---------|---------|----------|---------|
      | crane   | 3000 ✅ | 🔒 13000 | rented  |
                  ^^^^ assignment 3000 any crane environment=Dev
                              ^^^^^ assignment 13000 any crane environment=Staging
      | winch   | 3001 ✅ | ❌       | S3      |
                  ^^^^ assignment 3001 any winch environment=Dev
      | gate    | ❌      | ❌       | 80, 443 |
                                     ^^ assignment 80 any gate environment=Prod
                                         ^^^ assignment 443 any gate environment=Prod
    `,
    );
  });
});

describe('several entries in a line', () => {
  it('have an owner each', () => {
    reads(
      registryMarkdown,
      'PORTS.md',
      `
      # Ports

      - Winch: 8989 · Crane — \`7878\` · Dashboard: 6767
               ^^^^ assignment 8989 any Winch
                               ^^^^ assignment 7878 any Crane
                                                  ^^^^ assignment 6767 any Dashboard
      - Quay: 8101, Pier: 8102
              ^^^^ assignment 8101 any Quay
                          ^^^^ assignment 8102 any Pier
      - Tug: 8201, 8202
             ^^^^ assignment 8201 any Tug
                   ^^^^ assignment 8202 any Tug

      Beacon: 2333 (internal). Buoy: 5432. Dashboard: 3000.
              ^^^^ assignment 2333 any Beacon
                                     ^^^^ assignment 5432 any Buoy
                                                      ^^^^ assignment 3000 any Dashboard

      Shared: lock 80/443, gate 18080, store 19000-19001.
                   ^^ assignment 80 any lock
                      ^^^ assignment 443 any lock
                                ^^^^^ assignment 18080 any gate
                                             ^^^^^^^^^^^ assignment 19000-19001 any store
    `,
    );
  });
});
