import { describe, test } from 'vitest';
import { checks } from '../../support/workspace.ts';

describe('ports of several stages', () => {
  test('a service on its port of one of them misses none of another', () =>
    checks(`
      --- PORTS.md
      # Ports

      | Service | Local | Staging |
      |---------|-------|---------|
      | Quay    | 4140  | 14140   |
      | Crane   | 4150  | 14150   |
      --- compose.yaml
      services:
        quay:
          ports: ["4140:9000", "4199:2575"]
                                ^^^^ unregistered-port: quay publishes 4199, which PORTS.md does not mention.
        crane:
          ports: ["4151:9000"]
                   ^^^^ port-mismatch: crane publishes 4151, but the registry gives it 4150 or 14150 as "Crane" (PORTS.md:6).
    `));
});
