import { describe, expect, test } from 'vitest';
import { apply } from '../../../../server/src/core/edits.ts';
import { checks, filesOf, findings } from '../../../support/workspace.ts';

describe('env_file', () => {
  test('tells the container its port, and plays no part in interpolation', () =>
    checks(`
  --- compose.yaml
  services:
    lantern:
      image: lantern
      env_file:
        - path: conf/lantern.env
      ports:
        - "\${LANTERN_PORT:-9006}:80"
    web:
      image: web
      environment:
        API: http://lantern:9106
        OLD: http://lantern:9006
                            ^^^^ upstream-mismatch: 9006 is the port that lantern publishes on the host; inside the network it listens on 80.
  --- conf/lantern.env
  PORT=9106
  LANTERN_PORT=9999
`));

  const registry = `
  --- PORT_REGISTRY.md
  # Port registry

  | Service | Port |
  | --- | --- |
  | lantern | 9006 |
`;

  test('moves along where the port inside moves', () => {
    const files = filesOf(`${registry}
  --- compose.yaml
  services:
    lantern:
      env_file: lantern.env
      ports: ["9016:9016"]
  --- lantern.env
  PORT=9016
`);
    const [found] = findings(files);
    const [fix] = found!.fixes;
    expect(fix!.preferred).toBe(true);
    expect(
      apply(
        files.get('lantern.env')!,
        fix!.edits.filter(({ path }) => path === 'lantern.env'),
      ),
    ).toBe('PORT=9006\n');
  });

  test('is left alone where another service listens there too', () => {
    const files = filesOf(`${registry}
  --- compose.yaml
  services:
    lantern:
      env_file: all.env
      ports: ["9016:9016"]
    beacon:
      env_file: all.env
  --- all.env
  PORT=9016
`);
    const [found] = findings(files);
    expect(found!.fixes.map(({ preferred, edits }) => [preferred, edits.map(({ path }) => path)])).toEqual([
      [false, ['compose.yaml', 'compose.yaml']],
      [false, ['compose.yaml']],
    ]);
  });
});
