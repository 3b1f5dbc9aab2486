import { describe, expect, test } from 'vitest';
import { apply } from '../../../server/src/core/edits.ts';
import { checks, filesOf, findings } from '../../support/workspace.ts';

const registry = `
  --- PORT_REGISTRY.md
  # Port registry

  | Service | Port |
  | --- | --- |
  | lantern | 9006 |
  | beacon | 9007 |

  ## Forbidden ports

  - 8000: never use
`;

describe('stacks', () => {
  test('a gateway publishes the ports of those who share its network', () =>
    checks(`${registry}
  --- compose.yaml
  services:
    vpn:
      image: gluetun
      ports: ["9006:9006"]
    lantern:
      network_mode: service:vpn
`));

  test('numbered test stacks have ports of their own', () =>
    checks(`${registry}
  --- compose.TEST2.yaml
  services:
    lantern:
      ports: ["9016:80"]
`));

  test('bans do not reach a bundled stack of which the registry does not speak', () =>
    checks(`${registry}
  --- apps/thicket/docker/compose.yaml
  services:
    thicket:
      ports: ["8000:80"]
  --- apps/lantern/compose.yaml
  services:
    lantern:
      ports: ["9006:80"]
    admin-panel:
      ports:
        - 8000:80
          ^^^^ forbidden-port: admin-panel publishes 8000, which the registry says not to use (PORT_REGISTRY.md:10).
`));

  test('a likeness tells nothing while rows of the registry cannot be read', () => {
    const broken = (name: string) => `
      --- ports.yaml
      ports:
        lantern: 9006
        beacon: 9007
        thicket: 9008
        "quay: 9009
      --- compose.yaml
      services:
        ${name}:
          ports: ["9016:80"]
    `;
    const rules = (name: string) => findings(filesOf(broken(name))).map(({ rule }) => rule);
    expect(rules('lantern')).toEqual(['port-mismatch']);
    expect(rules('lantern-service')).toEqual([]);
  });

  test('the address by which others reach the service moves along', () => {
    const files = filesOf(`${registry}
  --- compose.yaml
  services:
    lantern:
      environment:
        NEXTAUTH_URL: http://localhost:9016
      ports: ["9016:80"]
`);
    const [found] = findings(files);
    const text = files.get('compose.yaml')!;
    expect(apply(text, found!.fixes[0]!.edits)).toBe(text.replaceAll('9016', '9006'));
  });
});
