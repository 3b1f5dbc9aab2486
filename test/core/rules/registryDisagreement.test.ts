import { test } from 'vitest';
import { checks } from '../../support/workspace.ts';

test('two registries are compared stage by stage where both tell them', () =>
  checks(`
    --- PORTS.md
    # Ports

    | Service | dev  | staging | container |
    |---------|------|---------|-----------|
    | quay    | 8081 | 18081   | 8080      |
    | crane   | 8084 | 18084   | 8080      |
    | buoy    | 8085 | –       | 8080      |
    --- docs/pilots/ports.md
    # Ports

    ## Development

    | Service | Port |
    |---------|------|
    | quay    | 8081 |
    | crane   | 8094 |
                ^^^^ registry-disagreement: "crane" is given 8094 here, but 8084 in PORTS.md:6.
    | buoy    | 8085 |

    ## Staging

    | Service | Port  |
    |---------|-------|
    | quay    | 18081 |
    | crane   | 18084 |
    | buoy    | 18095 |
  `));
