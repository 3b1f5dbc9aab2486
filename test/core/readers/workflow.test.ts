import { describe, expect, test } from 'vitest';
import { compose } from '../../../server/src/core/readers/compose.ts';
import { workflow } from '../../../server/src/core/readers/workflow.ts';
import { dedent, reads } from '../../support/fixture.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

const path = '.github/workflows/build.yml';
const sees = (picture: string) => reads(workflow, path, picture);

describe('which files are read', () => {
  test.each([path, 'quay/.github/workflows/ci.yaml', '.gitea/workflows/ci.yml', '.forgejo/workflows/ci.yml'])(
    '%s',
    (path) => expect(workflow.wants(path)).toBe(true),
  );
  test.each(['.github/dependabot.yml', '.github/workflows/deep/ci.yml', 'workflows/ci.yml', '.github/workflows/ci.sh'])(
    'not %s',
    (path) => expect(workflow.wants(path)).toBe(false),
  );
  test('not one whose jobs have no services', () =>
    expect(
      workflow.read('on: push\njobs:\n  build:\n    runs-on: quay\n    ports: ["80:80"]\n', path),
    ).toBeUndefined());
});

test('the ports of services', () => {
  sees(`
    on: push
    jobs:
      build:
        runs-on: ubuntu-latest
        services:
          postgres:
            image: postgres:16
            ports:
              - 5433:5432
                ^^^^ published 5433/tcp host postgres
                     ^^^^ target 5432/tcp container postgres
              - 9187
                ^^^^ target 9187/tcp container postgres
          cache:
            image: redis
            ports: ["6379:6379/udp", "\${{ matrix.port }}:80", "70000:80"]
                     ^^^^ published 6379/udp host cache
                          ^^^^ target 6379/udp container cache
                                                         ^^ target 80/tcp container cache
                                                               ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
                                                                     ^^ target 80/tcp container cache
        steps:
          - run: curl localhost:5433
      lint:
        runs-on: ubuntu-latest
        services:
  `);
});

test('a workflow is no compose file, and takes no port of the machine', () => {
  const files = filesOf(
    dedent(`
      --- PORTS.md
      # Ports

      | Service  | Port |
      |----------|------|
      | postgres | 5432 |
      --- ${path}
      jobs:
        build:
          services:
            postgres: { image: postgres, ports: ["5433:5432"] }
    `),
  );
  expect(compose.read(files.get(path)!, path)).toBeUndefined();
  const index = indexOf(files);
  expect(index.claims.stageOf(path)).toBe('test');
  expect(index.usesIn(path).map(({ port }) => port)).toEqual([5433, 5432]);
  expect(index.publishes(5433)).toBe(false);
  expect([...index.hostPorts.uses()]).toEqual([]);
});
