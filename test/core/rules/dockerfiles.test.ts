import { describe, expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import { checks, filesOf, indexOf } from '../../support/workspace.ts';

describe('what a Dockerfile tells about the service that is built from it', () => {
  const conf = (port: number, note = '') => `
  --- nginx/quay.conf
  upstream ledger {
    server ledger:${port};
${note}  }
`;

  test.each([
    ['EXPOSE', 'build: ./ledger', 'EXPOSE 8000'],
    ['ENV PORT', 'build: { context: ledger }', 'ENV PORT=8000'],
    ['CMD', 'build: { context: ., dockerfile: ledger/Dockerfile }', 'CMD serve --port 8000'],
    ['a stage', 'build: { context: ./ledger/, target: Dev }', 'EXPOSE 8000\n  FROM node\n  EXPOSE 9999'],
  ])('%s: the port is one on which it listens', (_, build, lines) =>
    checks(`${conf(8000)}
  --- compose.yaml
  services:
    ledger:
      ${build}
      expose: ["4000"]
  --- ledger/Dockerfile
  FROM node AS dev
  ${lines}
`),
  );

  test('a hint alone accuses nobody', () =>
    checks(`${conf(8000)}
  --- compose.yaml
  services:
    ledger:
      build: ledger
  --- ledger/Dockerfile
  FROM node
  EXPOSE 3000
`));

  test('a command and EXPOSE that agree are believed', () =>
    checks(`${conf(8000, '                  ^^^^ upstream-mismatch: Nothing listens on 8000 in ledger; it listens on 3000.\n')}
  --- compose.yaml
  services:
    ledger:
      build: ledger
  --- ledger/Dockerfile
  FROM node
  EXPOSE 3000
  CMD ["next", "start", "-p", "3000"]
`));

  test.each([
    ['the command', 'command: serve'],
    ['the entry point', 'entrypoint: ./start.sh'],
    ['the stage', 'build: { context: ledger, target: other }'],
    ['an unknown stage', 'build: { context: ledger, target: gone }'],
    ['an inline Dockerfile', 'build: { context: ledger, dockerfile_inline: "FROM node" }'],
    ['a repository', 'build: https://example.com/ledger.git'],
  ])('compose replaces %s', (_, line) =>
    checks(`${conf(8000)}
  --- compose.yaml
  services:
    ledger:
      ${line.startsWith('build') ? line : `build: ledger\n      ${line}`}
  --- ledger/Dockerfile
  FROM node AS other
  FROM node
  EXPOSE 3000
  CMD serve --port 3000
`),
  );

  test('a host port whose inner port only the Dockerfile tells', () =>
    checks(`
  --- deploy/compose.yaml
  services:
    quay:
      build: ../quay
      ports:
        - "9080:\${INNER}"
    crane:
      image: harbour/crane
      environment:
        QUAY_URL: http://quay:9080/api
                              ^^^^ upstream-mismatch: 9080 is the port that quay publishes on the host; inside the network it listens on 3000.
        OTHER_URL: http://quay:3000/api
  --- quay/Dockerfile
  FROM node
  ENV PORT=3000
`));

  test('PORT of compose beats ENV PORT, and a build argument its default', () =>
    checks(`
  --- compose.yaml
  services:
    quay:
      build: quay
      ports: ["9080:\${INNER}"]
      environment:
        PORT: 4000
    crane:
      build:
        context: quay
        args: [ADMIN=1]
      ports: ["9081:\${INNER}"]
    pier:
      image: harbour/pier
      environment:
        QUAY_URL: http://quay:9080
                              ^^^^ upstream-mismatch: 9080 is the port that quay publishes on the host; inside the network it listens on 4000.
        CRANE_URL: http://crane:9081
                                ^^^^ upstream-mismatch: 9081 is the port that crane publishes on the host; inside the network it listens on 3000.
  --- quay/Dockerfile
  FROM node
  ARG ADMIN=5000
  ENV PORT=3000 HTTP_PORT=$ADMIN
`));
});

describe('a service that contradicts its own image', () => {
  const stack = (lines: string, dockerfile = 'EXPOSE 8000\n  CMD ["serve", "--port", "8000"]') => `
  --- compose.yaml
  services:
    quay:
      build: .
${lines}
  --- Dockerfile
  FROM node
  ${dockerfile}
`;

  test('the published port leads nowhere', () =>
    checks(
      stack(`      ports:
        - "9080:3000"
                ^^^^ upstream-mismatch: Nothing listens on 3000 in quay; it listens on 8000.`),
    ));

  test('the healthcheck asks nobody', () =>
    checks(
      stack(`      ports:
        - "9080:8000"
      healthcheck:
        test: curl -f http://localhost:3000/
                                       ^^^^ upstream-mismatch: Nothing listens on 3000 in quay; it listens on 8000.`),
    ));

  test('PORT of compose goes into the command', () =>
    checks(
      stack(
        `      environment:
        PORT: 8000
      ports:
        - "9080:3000"
                ^^^^ upstream-mismatch: Nothing listens on 3000 in quay; it listens on 8000.`,
        'CMD serve --port ${PORT:-8000}',
      ),
    ));

  test.each([
    ['only EXPOSE speaks', '      ports: ["9080:3000"]', 'EXPOSE 8000'],
    ['only the command speaks', '      ports: ["9080:3000"]', 'CMD serve --port 8000'],
    ['a variable may be set elsewhere', '      ports: ["9080:3000"]', 'ENV PORT=8000\n  CMD serve --port $PORT'],
    [
      'the healthcheck agrees with the target',
      '      ports: ["9080:3000"]\n      healthcheck:\n        test: curl localhost:3000',
      undefined,
    ],
    ['there are several published ports', '      ports: ["9080:3000", "9081:8000"]', undefined],
    ['compose runs something else', '      command: other\n      ports: ["9080:3000"]', undefined],
    ['another protocol', '      ports: ["9080:3000/udp"]', undefined],
    ['compose tells of no port', '      healthcheck:\n        test: curl localhost:3000', undefined],
    [
      'another definition of the service',
      '      ports: ["9080:3000"]\n  --- compose.override.yaml\n  services:\n    quay:\n      image: x\n      environment: { PORT: 3000 }',
      undefined,
    ],
  ])('silent where %s', (_, lines, dockerfile) => checks(stack(lines, dockerfile)));
});

test('a change of the Dockerfile is a change of what compose means', () => {
  const files = filesOf(`
  --- compose.yaml
  services:
    quay:
      build: .
      ports: ["9080:3000"]
  --- Dockerfile
  FROM node
  EXPOSE 8000
  CMD serve --port 8000
`);
  const index = indexOf(files);
  const rules = () => check('compose.yaml', index).map(({ rule, expected }) => [rule, ...expected]);
  expect(rules()).toEqual([['upstream-mismatch', 8000]]);
  index.put(read('Dockerfile', files.get('Dockerfile')!.replaceAll('8000', '3000'))!);
  expect(rules()).toEqual([]);
  index.put(read('Dockerfile', files.get('Dockerfile')!.replaceAll('8000', '4000'))!);
  expect(rules()).toEqual([['upstream-mismatch', 4000]]);
  index.delete('Dockerfile');
  expect(rules()).toEqual([]);
});
