import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dotenv } from '../../../server/src/core/readers/dotenv.ts';
import { reads } from '../../support/fixture.ts';
import { growthOver, isLinear } from '../../support/growth.ts';

const env = (picture: string) => reads(dotenv, '.env', picture);

describe('ports', () => {
  test('are whole values of variables that are named after ports', () => {
    env(`
      # PORT=1
      PORT=3000
           ^^^^ environment 3000 any -
           ^^^^ variable PORT=3000
      HTTP_PORT=3001
                ^^^^ environment 3001 any -
                ^^^^ variable HTTP_PORT=3001
      API_GATEWAY_PORT=3002
                       ^^^^ environment 3002 any api gateway
                       ^^^^ variable API_GATEWAY_PORT=3002
      PORT_BILLING=3003
                   ^^^^ environment 3003 any billing
                   ^^^^ variable PORT_BILLING=3003
      WEB_PORT_HTTP=3004
                    ^^^^ environment 3004 any web http
                    ^^^^ variable WEB_PORT_HTTP=3004
      PGADMIN_HOST_PORT=3005
                        ^^^^ environment 3005 any pgadmin
                        ^^^^ variable PGADMIN_HOST_PORT=3005
      metrics_port2=3006
                    ^^^^ environment 3006 any metrics
                    ^^^^ variable metrics_port2=3006
    `);
  });

  test('are not numbers with other names, parts of values, nor switches', () => {
    env(`
      SUPPORT=8080
      IMPORT_LIMIT=8081
      REPORTS=8082
      EXPORT=8083
      TIMEOUT=8084
      WEB_PORT=8085-8090
      WEB_PORT=8085,8086
      WEB_PORT=x8087
      WEB_PORT=
      WEB_PORT=\${OTHER}
      WEB_PORT=CHANGEME
      PORT_COUNT=5
      PORT_OFFSET=1000
      ENABLE_PORT_CHECK=1
      DB_PASSWORD=12345
      PIN=4711
    `);
  });

  test('are not those that another one takes the place of further down', () => {
    env(`
      QUAY_PORT=4200
      TIDE_PORT=4300
                ^^^^ environment 4300 any tide
                ^^^^ variable TIDE_PORT=4300
      QUAY_PORT=4100
                ^^^^ environment 4100 any quay
                ^^^^ variable QUAY_PORT=4100
      TIDE_PORT=CHANGEME
    `);
  });

  test('stay where they are written twice', () => {
    env(`
      QUAY_PORT=4100
                ^^^^ environment 4100 any quay
                ^^^^ variable QUAY_PORT=4100
      QUAY_PORT=4100
                ^^^^ environment 4100 any quay
                ^^^^ variable QUAY_PORT=4100
    `);
  });

  test.each([
    ['EJS', '<%_ if (harbour) { -%>', '<% } else { -%>'],
    ['Jinja', '{% if harbour %}', '{% else %}'],
    ['Handlebars', '{{#if harbour}}', '{{else}}'],
    ['Go', '{{- if .Harbour }}', '{{- else }}'],
  ])('are not those between which a template of %s chooses', (_, condition, otherwise) => {
    env(`
      ${condition}
      QUAY_PORT=4200
      TIDE_PORT=4300
                ^^^^ environment 4300 any tide
                ^^^^ variable TIDE_PORT=4300
      ${otherwise}
      QUAY_PORT=4100
    `);
  });

  test('count as usual beside placeholders', () => {
    env(`
      NAME=<%= name %>
      <%= header %>
      {{ header }}
      QUAY_PORT=4200
      QUAY_PORT=4100
                ^^^^ environment 4100 any quay
                ^^^^ variable QUAY_PORT=4100
    `);
  });

  test('have quotes, comments and spaces around them', () => {
    env(`
      export A_PORT=4000
                    ^^^^ environment 4000 any a
                    ^^^^ variable A_PORT=4000
      B_PORT = 4001   # after a space
               ^^^^ environment 4001 any b
               ^^^^ variable B_PORT=4001
      C_PORT="4002"# comment
              ^^^^ environment 4002 any c
              ^^^^ variable C_PORT=4002
      D_PORT='4003' # comment
              ^^^^ environment 4003 any d
              ^^^^ variable D_PORT=4003
      E_PORT: 4004
              ^^^^ environment 4004 any e
              ^^^^ variable E_PORT=4004
      F_PORT=4005#no comment
      G_PORT= # 4006
        H_PORT=4007
               ^^^^ environment 4007 any h
               ^^^^ variable H_PORT=4007
    `);
  });

  test('with a default are uses, but set no variable', () => {
    env(`
      A_PORT=\${B_PORT:-4100}
                       ^^^^ environment 4100 any a via=B_PORT
      C_PORT='\${B_PORT:-4101}'
    `);
  });

  test('that are put together from several texts stand nowhere', () => {
    env(`
      A_PORT=\${PREFIX:-41}02
      B_PORT=\${FIRST:-41}\${LAST:-03}
      C_URL=http://api:\${C_PORT:-410}4
    `);
  });

  test('that are none are problems; 0 means any', () => {
    env(`
      A_PORT=65536
             ^^^^^ problem 65536 is not a port: ports go from 1 to 65535.
      B_PORT=0
      C_PORT=-1
      D_PORT=65535
             ^^^^^ environment 65535 any d
             ^^^^^ variable D_PORT=65535
    `);
  });

  test('in other lines of a value are text', () => {
    env(`
      KEY="-----BEGIN-----
      A_PORT=1
      -----END-----"
      NOTE='first
      B_PORT=2
      '
      OPEN="no end
      C_PORT=4200
             ^^^^ environment 4200 any c
             ^^^^ variable C_PORT=4200
    `);
  });
});

describe('addresses', () => {
  test('of URLs', () => {
    env(`
      API_URL=http://api:8000/v1
                         ^^^^ url 8000 container api host=api
      WEB_URL="https://localhost:3000"
                                 ^^^^ url 3000 host - host=localhost
      HOOK=http://host.docker.internal:9000/hook
                                       ^^^^ url 9000 host - host=host.docker.internal
      DATABASE_URL=postgres://app:pass@db:5432/app
                                          ^^^^ url 5432 container db host=db
      JDBC=jdbc:mysql://10.0.0.5:3306/app
                                 ^^^^ url 3306 host - host=10.0.0.5
      ORIGINS=http://localhost:3001,https://app.example.com:8443
                               ^^^^ url 3001 host - host=localhost
                                                            ^^^^ url 8443 host - host=app.example.com
      SELF_URL=http://localhost:\${PORT}/x
                                ^^^^^^^ url ? host - host=localhost via=PORT
      OTHER_URL=http://\${OTHER_HOST:-other}:\${OTHER_PORT:-8100}
                                                          ^^^^ url 8100 container other host=other via=OTHER_PORT
      DOCS_URL=https://docs.example.com/x
    `);
  });

  test('without a scheme, where the name says so', () => {
    env(`
      KAFKA_BROKERS=kafka-1:9092,kafka-2:9093
                            ^^^^ url 9092 container kafka-1 host=kafka-1
                                         ^^^^ url 9093 container kafka-2 host=kafka-2
      ETCD_ENDPOINT=localhost:2379
                              ^^^^ url 2379 host - host=localhost
      LISTEN_ADDR=0.0.0.0:8080
      BASIC_AUTH=admin:1234
      TIME=noon:1200
    `);
  });

  test('never tell a secret', () => {
    const text = [
      'API_TOKEN=http://hidden:1234',
      'DB_PASSWORD=db://hidden:1234',
      'A_URL=postgres://user:1234/hidden@db:5432/app',
      'PORTER=hidden',
      'CODE=hidden:1234',
    ].join('\n');
    expect(JSON.stringify(dotenv.read(text, '.env'))).not.toMatch(/hidden|1234|user/);
  });
});

test('a byte order mark and carriage returns', () => {
  const text = '\uFEFFA_PORT=4000\r\nB_PORT="4001"\r\nC_PORT=4002 # c\r\n';
  const { variables } = dotenv.read(text, '.env')!;
  expect(variables.map(({ name, span }) => [name, text.slice(span.start, span.end)])).toEqual([
    ['A_PORT', '4000'],
    ['B_PORT', '4001'],
    ['C_PORT', '4002'],
  ]);
});

describe('which files', () => {
  test.each([
    '.env',
    'app/.env.local',
    '.env.example',
    '.env-example',
    'api.env',
    'api.env.example',
    'env.template',
    '.env.production.template',
    '.env.defaults',
  ])('wants %s', (path) => expect(dotenv.wants(path)).toBe(true));

  test.each([
    '.envrc',
    'env',
    'bin/env',
    'env.ts',
    'env.d.ts',
    '.env.md',
    '.env.bak',
    'vite-env.d.ts',
    'environment',
    'api.env.yml',
    '.env/x',
  ])('does not want %s', (path) => expect(dotenv.wants(path)).toBe(false));
});

const line = fc.tuple(
  fc.constantFrom('PORT', 'export A_PORT', 'A_URL', 'B_HOSTS', ' x', '"', "'", '#', ''),
  fc.constantFrom('=', ' = ', ':', '="', "='", ''),
  fc.oneof(
    fc.constantFrom('8080', 'http://a:80', 'a:1,b:2', '${A_PORT:-80}', '${', '$', '99999', "'", '"', '\\'),
    fc.string({ maxLength: 8 }),
  ),
  fc.constantFrom('', '"', "'", ' # c', '\\'),
);

test('whatever stands in it, it reads, and every span holds the digits', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, lineBreak) => {
      const text = lines.map((parts) => parts.join('')).join(lineBreak);
      const { uses, variables } = dotenv.read(text, '.env')!;
      for (const { port, span } of [...uses, ...variables]) {
        if (port !== null) expect(Number(text.slice(span.start, span.end))).toBe(port);
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['quotes', 'A="\n'.repeat(200_000)],
  ['quotes of two kinds', `A="x\nB='y\n`.repeat(100_000)],
  ['spaces', ' '.repeat(1_000_000)],
  ['spaces in a value', `A=x${' '.repeat(1_000_000)}y`],
  ['one long value', `A_URL=${'x'.repeat(1_000_000)}`],
  ['dollars', `A_PORT=${'${A:-'.repeat(150_000)}`],
  ['carriage returns', '\r'.repeat(500_000)],
  ['URLs', `A_URL=${'http://a:80 '.repeat(50_000)}`],
])('%s without end take time in proportion', async (_, text) => {
  expect(await growthOver(text, (part) => dotenv.read(part, '.env'))).toSatisfy(isLinear);
});
