import { describe, test } from 'vitest';
import { checks } from '../../support/workspace.ts';

describe('rows that name no other service', () => {
  test('a protocol that the service itself may speak', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service   | Port  |
      |-----------|-------|
      | OTLP gRPC | 4317  |
      | WireGuard | 51820 |
      | MQTT      | 1884  |
      --- compose.yaml
      services:
        lantern:
          image: harbour/lantern
          ports: ["4317:4317"]
        pier-tunnel:
          image: harbour/pier-tunnel
          ports: ["51820:51820/udp"]
        kanban:
          image: harbour/kanban
          ports: ["1884:8080"]
                   ^^^^ owned-by-other: kanban publishes 1884, which the registry gives to "MQTT" (PORTS.md:7).
    `));

  test('a name that the variable bears', () =>
    checks(`
      --- ports.json
      {
        "services": [
          { "name": "quay-app", "port": 8101 },
          { "name": "quay-vite", "port": 5174 },
          { "name": "buoy", "port": 5175 }
        ]
      }
      --- compose.yaml
      services:
        quay-app:
          image: harbour/quay-app
          ports:
            - "8101:80"
            - "\${VITE_PORT:-5174}:5174"
            - "\${HMR_PORT:-5175}:5175"
                           ^^^^ owned-by-other: …
    `));
});
