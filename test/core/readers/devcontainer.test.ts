import { describe, expect, test } from 'vitest';
import { devcontainer } from '../../../server/src/core/readers/devcontainer.ts';
import { reads } from '../../support/fixture.ts';

const sees = (picture: string) => reads(devcontainer, '.devcontainer/devcontainer.json', picture);

describe('which files are read', () => {
  test.each(['.devcontainer/devcontainer.json', '.devcontainer.json', '.devcontainer/quay/devcontainer.json'])(
    '%s',
    (path) => expect(devcontainer.wants(path)).toBe(true),
  );
  test.each(['.devcontainer/devcontainer-lock.json', 'my-devcontainer.json'])('not %s', (path) =>
    expect(devcontainer.wants(path)).toBe(false),
  );
  test.each(['{"name": "quay", "image": "harbour/quay:1.20"}', '{"forwardPorts": []}', '', '[['])(
    'not one without a port: %s',
    (text) => expect(devcontainer.read(text, '.devcontainer.json')).toBeUndefined(),
  );
});

test('ports that are forwarded, with what they are called', () => {
  sees(`
    // For work on the quay. "forwardPorts": [1]
    {
      "name": "Quay 2030", /* "appPort": 9 */
      "forwardPorts": [3000, "9229", "db:5432", "localhost:8025", 3100, 70000, "web:api"],
                       ^^^^ exposed 3000 container Quay (web)
                              ^^^^ exposed 9229 container -
                                         ^^^^ url 5432 container db host=db
                                                           ^^^^ url 8025 any - host=localhost
                                                                  ^^^^ exposed 3100 container Cranes
                                                                        ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
      "portsAttributes": {
        "3000": { "label": "Quay (web)", "onAutoForward": "notify" },
         ^^^^ label 3000 container Quay (web)
        "3100-3199": { "label": "Cranes" },
         ^^^^^^^^^ label 3100-3199 container Cranes
        "4000": { "onAutoForward": "silent" },
        ".+/quay.js": { "label": "Quay" },
      },
    }
  `);
});

test('ports that are published', () => {
  sees(`
    {
      "appPort": ["8080:80", 3000, "127.0.0.1:9000-9001:9000-9001"],
                   ^^^^ published 8080/tcp host -
                        ^^ target 80/tcp container -
                             ^^^^ published 3000 host Quay
                                              ^^^^^^^^^ published 9000-9001/tcp host - address=127.0.0.1
                                                        ^^^^^^^^^ target 9000-9001/tcp container -
      "portsAttributes": {"3000": {"label": "Quay"}},
                           ^^^^ label 3000 container Quay
      "runArgs": ["--name", "quay-dev", "-p", "5433:5432", "--publish=6380:6379", "--shm-size=1024"],
                                               ^^^^ published 5433/tcp host quay-dev
                                                    ^^^^ target 5432/tcp container quay-dev
                                                                      ^^^^ published 6380/tcp host quay-dev
                                                                           ^^^^ target 6379/tcp container quay-dev
      "containerEnv": {"PORT": "3000", "API_URL": "http://crane:4000", "COUNT": "12"}
                                ^^^^ environment 3000 container -
                                                                ^^^^ url 4000 container crane host=crane
    }
  `);
  sees(`
    {"appPort": 3000
                ^^^^ published 3000 host -
  `);
});
