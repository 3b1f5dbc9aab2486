import { describe, expect, test } from 'vitest';
import { compose } from '../../../server/src/core/readers/compose.ts';
import { dedent, reads } from '../../support/fixture.ts';

const read = (text: string, path = 'compose.yaml') => compose.read(dedent(text), path);

describe('which files', () => {
  test('any YAML file may be one', () => {
    expect(compose.wants('deploy/dev.yml')).toBe(true);
    expect(compose.wants('compose.YAML')).toBe(true);
    expect(compose.wants('compose.json')).toBe(false);
  });

  test.each([
    ['a compose file of another name', 'stack/dev.yml', 'services:\n  web:\n    image: nginx\n'],
    ['one that builds', 'dev.yml', 'services:\n  web:\n    build: .\n'],
    ['one that only publishes', 'dev.yml', 'services:\n  web:\n    ports: ["80:80"]\n'],
    ['an override', 'compose.override.yml', 'services:\n  web:\n    environment:\n      PORT: 80\n'],
    ['one with a half-typed service', 'compose.yml', 'services:\n  web:\n    image: nginx\n  api:\n    por\n'],
    ['one with extensions', 'dev.yml', 'services:\n  web:\n    image: nginx\n    x-owner: me\n    x-team: us\n'],
    ['a quoted key', 'dev.yml', '"services":\n  web:\n    image: nginx\n'],
    ['the second document', 'dev.yml', 'a: 1\n---\nservices:\n  web:\n    image: nginx\n'],
  ])('%s is read', (_, path, text) => {
    expect(compose.read(text, path)).toBeDefined();
  });

  test.each([
    ['a registry', 'ports.yaml', 'services:\n  api: {port: 9006, owner: core}\n'],
    ['a registry called compose', 'compose.ports.yaml', 'services:\n  api: {port: 9006, owner: core}\n'],
    ['a registry with ports', 'ports.yaml', 'services:\n  api:\n    container: api\n    ports: {http: 9006}\n'],
    ['a registry with images', 'ports.yaml', 'services:\n  api:\n    image: api:1\n    port: 9006\n'],
    ['a registry as a list', 'ports.yaml', 'services:\n  - name: api\n    port: 9006\n'],
    [
      'a workflow',
      'ci.yml',
      'jobs:\n  test:\n    services:\n      db:\n        image: postgres\n        ports: ["5432:5432"]\n',
    ],
    ['a pipeline', 'ci.yml', 'steps:\n  - a\nservices:\n  db:\n    image: postgres\n    ports: ["5432:5432"]\n'],
    ['GitLab CI', '.gitlab-ci.yml', 'services:\n  - postgres:13\ntest:\n  script: [make]\n'],
    ['Kubernetes', 'app.yaml', 'apiVersion: v1\nkind: List\nservices:\n  a:\n    image: b\n'],
    ['a container of PHP services', 'services.yaml', 'services:\n  _defaults:\n    autowire: true\n'],
    ['nothing', 'compose.yaml', ''],
    ['no services', 'compose.yaml', 'volumes:\n  data:\n'],
    ['a text', 'compose.yaml', 'services: see below\n'],
  ])('%s is not', (_, path, text) => {
    expect(compose.read(text, path)).toBeUndefined();
  });

  test('one nested too deeply is refused', () => {
    const reading = compose.read('services:\n  a: ' + '['.repeat(2000), 'compose.yaml');
    expect(reading).toMatchObject({ refused: 'nested too deeply', uses: [], services: [] });
  });
});

test('of a service that is defined twice the first definition counts', () => {
  const reading = read(`
    services:
      crane: { image: harbour/crane, ports: ["9006:80"] }
      crane: { image: harbour/crane, ports: ["9007:80"] }
  `);
  expect(reading?.services.map(({ name }) => name)).toEqual(['crane']);
  expect(reading?.uses.map(({ port }) => port)).toEqual([9006, 80]);
});

test('services', () => {
  const reading = read(`
    name: shop
    services:
      web:
        image: nginx:\${TAG:-1.27}
        container_name: shop-web
        hostname: web.local
        profiles: [dev, "test"]
        networks:
          front:
            aliases: [www, site]
          back:
      \${not}:
        build: .
        network_mode: host
        container_name: \${UNSET}
    x-shared:
      image: no-service
  `)!;
  expect(reading.project).toBe('shop');
  expect(reading.services).toMatchObject([
    {
      name: 'web',
      image: 'nginx:1.27',
      container: 'shop-web',
      hostname: 'web.local',
      profiles: ['dev', 'test'],
      aliases: ['www', 'site'],
    },
    { name: '${not}', networkMode: 'host', profiles: [], aliases: [] },
  ]);
  expect(reading.services[1]).not.toHaveProperty('container');
  expect(reading.services[0]!.span).toEqual({ start: 23, end: 26 });
});

describe('fragments', () => {
  test('an alias gives its ports to each service, at the one place where they stand', () => {
    reads(
      compose,
      'compose.yaml',
      `
      x-ports: &ports
        - "9006:8000"
           ^^^^ published 9006/tcp host a
           ^^^^ published 9006/tcp host b
                ^^^^ target 8000/tcp container a
                ^^^^ target 8000/tcp container b
      services:
        a:
          image: a
          ports: *ports
        b:
          image: b
          ports: *ports
      `,
    );
  });

  test('merge keys, also lists of them, and what overrides them', () => {
    reads(
      compose,
      'compose.yaml',
      `
      x-a: &a
        ports: ["9006:8000"]
                 ^^^^ published 9006/tcp host one
                      ^^^^ target 8000/tcp container one
        expose: [7000]
                 ^^^^ exposed 7000/tcp container one
                 ^^^^ exposed 7000/tcp container two
      x-b: &b
        environment: {PORT: 8000}
                            ^^^^ environment 8000 container one
      services:
        one:
          <<: [*a, *b]
          image: one
        two:
          <<: *a
          image: two
          ports: ["9007:8000"]
                   ^^^^ published 9007/tcp host two
                        ^^^^ target 8000/tcp container two
      `,
    );
  });

  test('what is reset is gone', () => {
    reads(
      compose,
      'compose.override.yaml',
      `
      services:
        a:
          ports: !reset ["80:80"]
        b:
          ports: !override ["81:80"]
                             ^^ published 81/tcp host b
                                ^^ target 80/tcp container b
      `,
    );
  });
});

test('on the network of the host everything is on the host side, and nothing is published', () => {
  reads(
    compose,
    'compose.yaml',
    `
    services:
      a:
        image: a
        network_mode: host
        ports: ["9006:8000"]
                      ^^^^ target 8000/tcp host a
        environment:
          PORT: 8000
                ^^^^ environment 8000 host a
          DB_HOST: localhost
          DB_PORT: 5432
                   ^^^^ url 5432 host - host=localhost within=a
    `,
  );
});

test('a container name is told with every use of the service itself', () => {
  reads(
    compose,
    'compose.yaml',
    `
    services:
      a:
        container_name: shop-a
        ports: ["9006:8000"]
                 ^^^^ published 9006/tcp host a container=shop-a
                      ^^^^ target 8000/tcp container a container=shop-a
    `,
  );
});

describe('labels', () => {
  test('as a list', () => {
    reads(
      compose,
      'compose.yaml',
      `
      services:
        a:
          image: a
          labels:
            - traefik.http.services.a.loadbalancer.server.port=8080
                                                               ^^^^ label 8080 container a
            - "traefik.tcp.services.a.loadbalancer.server.port=\${P:-8081}"
                                                                    ^^^^ label 8081 container a via=P
            - traefik.http.middlewares.a.headers.customrequestheaders.X-Port=8080
            - prometheus.port=9100
      `,
    );
  });

  test('as a map, and for a swarm', () => {
    reads(
      compose,
      'compose.yaml',
      `
      services:
        a:
          image: a
          labels:
            traefik.http.services.a.loadbalancer.server.port: "8080"
                                                               ^^^^ label 8080 container a
            caddy: example.org
            caddy.reverse_proxy: "{{upstreams 8081}}"
                                              ^^^^ label 8081 container a
            caddy_1.reverse_proxy: "{{ upstreams http 8082 }}"
                                                      ^^^^ label 8082 container a
          deploy:
            labels:
              traefik.http.services.a.loadbalancer.server.port: 8083
                                                                ^^^^ label 8083 container a
      `,
    );
  });
});

describe('what an image is built from', () => {
  const build = (lines: string) => compose.read(`services:\n  a:\n    ${lines}\n`, 'compose.yaml')!.services[0]!.build;

  test.each([
    ['build: ./api', { context: './api', dockerfile: 'Dockerfile' }],
    [
      'build: { dockerfile: ../api.Dockerfile, target: dev }',
      { context: '.', dockerfile: '../api.Dockerfile', target: 'dev' },
    ],
    [
      'build: { context: "${DIR:-api}", args: { A: 1, B: } }',
      { context: 'api', dockerfile: 'Dockerfile', args: ['A', 'B'] },
    ],
    ['build: { context: api, args: [A=1, B] }', { context: 'api', dockerfile: 'Dockerfile', args: ['A', 'B'] }],
    ['build: api\n    command: serve', { context: 'api', dockerfile: 'Dockerfile', overridesCommand: true }],
  ])('%s', (lines, expected) => expect(build(lines)).toEqual(expected));

  test.each([
    'image: api',
    'build: $DIR',
    'build: https://example.com/api.git#main',
    'build: git@example.com:api.git',
    'build: { context: api, target: $STAGE }',
    'build: { context: api, dockerfile_inline: FROM node }',
  ])('nothing here: %s', (lines) => expect(build(lines)).toBeUndefined());
});
