import { describe, test } from 'vitest';
import { moves } from '../../support/moves.ts';
import { checks } from '../../support/workspace.ts';

const compose = `
  --- compose.yaml
  services:
    quay:
      image: harbour/quay
      ports: ["9080:3000"]
`;

const registry = `
  --- PORTS.md
  # Port registry

  | Service | Port |
  |---|---|
  | tide | 9006 |
  | crane | 9007 |
`;

describe('Caddy', () => {
  test('reaches a container by the port inside', () =>
    checks(`${compose}
  --- Caddyfile
  harbour.example {
    reverse_proxy quay:9080
                       ^^^^ upstream-mismatch: 9080 is the port that quay publishes on the host; inside the network it listens on 3000.
    handle /api/* {
      reverse_proxy quay:3000 localhost:9080
    }
  }
`));

  test('may reach what no compose file defines', () =>
    checks(`${registry}
  --- Caddyfile
  harbour.example {
    reverse_proxy tide:8000
  }
`));

  test('may reach what is published on other ports alone, unless compose says more of it', () => {
    const ssh = (more: string) => `
  --- compose.yaml
  services:
    quay:
      image: harbour/quay
      ports: ["2222:22"]
${more}`;
    const site = (port: string) => `
  --- Caddyfile
  harbour.example {
    reverse_proxy quay:${port}
  }
`;
    checks(ssh('') + site('3000'));
    checks(
      ssh('      expose: ["3001"]') +
        site(`3000
                       ^^^^ upstream-mismatch: Nothing listens on 3000 in quay; it listens on 22 or 3001.`),
    );
  });

  test('reaches inside what the registry has inside', () => {
    const inside = (port: string) => `
  --- PORTS.md
  # Port registry

  | Service | Host port | Container port |
  |---|---|---|
  | tide | 9006 | 8001 |
  | crane | 9007 | 8002 |
  --- Caddyfile
  harbour.example {
    reverse_proxy tide:${port}
  }
`;
    checks(inside('8001'));
    checks(
      inside(`9007
                       ^^^^ port-mismatch: tide is reached on 9007, but the registry gives "tide" 8001 (PORTS.md:5).`),
    );
  });

  test('may reach inside what the registry has outside', () =>
    checks(`${registry}
  --- Caddyfile
  harbour.example {
    reverse_proxy tide:9007
  }
`));
});

describe('Traefik', () => {
  const dynamic = (url: string) => `
  --- traefik/dynamic.yml
  http:
    services:
      tide-service:
        loadBalancer:
          servers:
            - url: ${url}
`;

  test('reaches a container by the port inside', () =>
    checks(
      `${compose}${dynamic(`http://quay:9080/
                               ^^^^ upstream-mismatch: 9080 is the port that quay publishes on the host; inside the network it listens on 3000.`)}`,
    ));

  test('reaches a service on the host by the port that the registry gives it', () => {
    checks(registry + dynamic('http://host.docker.internal:9006'));
    checks(
      `${registry}${dynamic(`http://localhost:9008
                                    ^^^^ port-mismatch: tide-service is reached on 9008, but the registry gives "tide" 9006 (PORTS.md:5).`)}`,
    );
  });
});

test('all proxies change along with a service that moves, and not with others', () => {
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
    --- Caddyfile
    :9006 {
      reverse_proxy tide:${port} crane:9006
    }
    http://localhost:80 {
      reverse_proxy localhost:${port}
    }
    --- traefik/dynamic.toml
    [[http.services.tide.loadBalancer.servers]]
    url = "http://tide:${port}"
    --- traefik/traefik.yml
    entryPoints:
      web: {address: ":9006"}
    --- k8s/tide.yaml
    apiVersion: v1
    kind: Service
    metadata: {name: tide}
    spec:
      ports: [{port: 9006}]
  `;
  moves(all(9006), 'tide', 9010, all(9010));
});
