import { describe, test } from 'vitest';
import { moves } from '../../support/moves.ts';
import { checks } from '../../support/workspace.ts';

const compose = `
  --- compose.yaml
  services:
    quay:
      image: harbour/quay
      ports: ["9080:3000"]
    crane:
      image: harbour/crane
      ports: ["9081:9081"]
    ledger-db:
      image: postgres:17
      ports: ["15432:5432"]
`;

const scrape = (targets: string) => `
  --- monitoring/prometheus.yml
  scrape_configs:
    - job_name: harbour
      static_configs:
        - targets:
${targets}
`;

describe('what Prometheus scrapes', () => {
  test('is the port inside the network, and not the published one', () =>
    checks(
      `${compose}${scrape(`            - quay:9080
                   ^^^^ upstream-mismatch: 9080 is the port that quay publishes on the host; inside the network it listens on 3000.
            - quay:3000
            - ledger-db:15432
                        ^^^^^ upstream-mismatch: 15432 is the port that ledger-db publishes on the host; inside the network it listens on 5432.
            - host.docker.internal:9080
            - localhost:9080`)}`,
    ));

  test('may be a port for metrics of which compose does not tell', () =>
    checks(`${compose}${scrape('            - quay:9464\n            - crane:9465')}`));

  test('may be a service of which no compose file tells, whatever its registry says', () =>
    checks(`
      --- PORTS.md
      # Port registry

      | Service | Host port | Container port |
      |---|---|---|
      | tug | 9007 | 8000 |
      --- prometheus.yml
      scrape_configs:
        - job_name: tug
          static_configs:
            - targets: [tug:9464]
    `));

  test('is told where its service is on a port that is not its own', () =>
    checks(`
      --- PORTS.md
      # Port registry

      | Service | Port |
      |---|---|
      | tide | 9006 |
      --- compose.yaml
      services:
        tide:
          image: harbour/tide
          ports: ["9106:9106"]
                   ^^^^ port-mismatch: tide publishes 9106, but the registry gives it 9006 (PORTS.md:5).
          environment:
            PORT: 9106
      --- prometheus.yml
      scrape_configs:
        - job_name: tide
          static_configs:
            - targets: [tide:9106]
                             ^^^^ port-mismatch: tide is reached on 9106, but the registry gives it 9006 (PORTS.md:5).
    `));
});

test('targets move along with their service, and nobody else does', () => {
  const all = (port: number) => `
    --- PORTS.md
    # Port registry

    | Service | Port |
    |---|---|
    | tide | ${port} |
    --- compose.yaml
    services:
      tide:
        image: harbour/tide
        ports: ["${port}:${port}"]
        environment:
          PORT: ${port}
    --- monitoring/prometheus.yml
    scrape_configs:
      - job_name: tide
        static_configs:
          - targets: [tide:${port}, host.docker.internal:${port}, crane:9006]
      - job_name: prometheus
        static_configs:
          - targets: [localhost:9006]
    --- monitoring/targets/tide.json
    [{ "targets": ["tide:${port}"], "labels": { "dock": "9006" } }]
  `;
  moves(all(9006), 'tide', 9010, all(9010));
});
