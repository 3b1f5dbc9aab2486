import { describe, expect, test } from 'vitest';
import { dockerPorts, hasDockerCompose, resolvedPorts } from '../../support/dockerCompose.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

/**
 * What docker-compose makes of files that take from one another. Version 1.29 knows neither `include` nor `!reset` nor
 * `!override`.
 */
describe.skipIf(!hasDockerCompose)('docker-compose itself', () => {
  test.each([
    [
      'extends in the same file',
      `
        --- compose.yaml
        version: "3.8"
        services:
          base:
            image: x
            ports: ["8000:80"]
          api:
            extends:
              service: base
            ports: ["8001:81"]
      `,
    ],
    [
      'extends from another file, and of what extends itself',
      `
        --- compose.yaml
        version: "3.8"
        services:
          api:
            extends:
              file: shared/base.yaml
              service: middle
            ports: ["8001:81"]
          bare:
            extends:
              file: shared/base.yaml
              service: root
        --- shared/base.yaml
        version: "3.8"
        services:
          root:
            image: x
            ports: ["8100:80/udp"]
          middle:
            extends:
              service: root
            ports: ["8101-8102:90-91"]
      `,
    ],
    [
      'extends with a variable',
      `
        --- compose.yaml
        version: "3.8"
        services:
          api:
            extends:
              file: base.yaml
              service: base
        --- base.yaml
        version: "3.8"
        services:
          base:
            image: x
            ports: ["\${API_PORT:-8000}:80"]
        --- .env
        API_PORT=8200
      `,
    ],
    [
      'an override that adds ports',
      `
        --- compose.yaml
        version: "3.8"
        services:
          api:
            image: x
            ports: ["8000:80"]
          web:
            image: x
            ports: ["8010:80"]
        --- compose.override.yaml
        version: "3.8"
        services:
          api:
            ports: ["8001:81", "8000:80"]
          extra:
            image: x
            ports: ["8020:80"]
      `,
    ],
  ])('%s', (_, picture) => {
    const files = filesOf(picture);
    const stack = [...files.keys()].filter((path) => path.startsWith('compose'));
    expect(resolvedPorts(indexOf(files), stack.at(-1)!)).toEqual(dockerPorts(files, ...stack));
  });
});
