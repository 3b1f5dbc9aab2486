import { test } from 'vitest';
import { checks } from '../../support/workspace.ts';

test('a block that is told twice is named once', () =>
  checks(`
    --- PORTS.md
    # Ports

    | Group | Range     |
    |-------|-----------|
    | Pier  | 8130-8139 |

    ## Pier (8130-8139)

    | Service   | Port |
    |-----------|------|
    | pier-quay | 8130 |
    --- pier/compose.yaml
    name: pier
    services:
      buoy:
        image: harbour/buoy
        ports: ["8231:80"]
                 ^^^^ out-of-range: 8231 of buoy lies outside 8130–8139, the range of "Pier" (PORTS.md:5).
                 ^^^^ unregistered-port: …
  `));
