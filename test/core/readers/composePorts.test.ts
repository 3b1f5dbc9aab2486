import { describe, expect, test } from 'vitest';
import { compose } from '../../../server/src/core/readers/compose.ts';
import { reads } from '../../support/fixture.ts';

/** Reads one service `a` with the given picture below it. */
const service = (picture: string) =>
  reads(compose, 'compose.yaml', `      services:\n        a:\n          image: a${picture.trimEnd()}\n`);

describe('short form', () => {
  test('literal ports', () => {
    service(`
          ports:
            - 3000
              ^^^^ target 3000/tcp container a
            - "3001"
               ^^^^ target 3001/tcp container a
            - "3002/UDP"
               ^^^^ target 3002/udp container a
            - 3003-3005
              ^^^^^^^^^ target 3003-3005/tcp container a
            - 8000:8001
              ^^^^ published 8000/tcp host a
                   ^^^^ target 8001/tcp container a
            - '8002:8003'
               ^^^^ published 8002/tcp host a
                    ^^^^ target 8003/tcp container a
            - 22:22  # never a number in base 60
              ^^ published 22/tcp host a
                 ^^ target 22/tcp container a
            - "9090-9091:8080-8081"
               ^^^^^^^^^ published 9090-9091/tcp host a
                         ^^^^^^^^^ target 8080-8081/tcp container a
            - "8100-8200:80"
               ^^^^^^^^^ published 8100-8200/tcp host a
                         ^^ target 80/tcp container a
            - "6060:6060/sctp"
               ^^^^ published 6060/sctp host a
                    ^^^^ target 6060/sctp container a
    `);
  });

  test('in one line', () => {
    service(`
          ports: ["8080:80", 9000, '8443:443/tcp']
                   ^^^^ published 8080/tcp host a
                        ^^ target 80/tcp container a
                             ^^^^ target 9000/tcp container a
                                    ^^^^ published 8443/tcp host a
                                         ^^^ target 443/tcp container a
    `);
  });

  test('addresses', () => {
    service(`
          ports:
            - "127.0.0.1:8001:8002"
                         ^^^^ published 8001/tcp host a address=127.0.0.1
                              ^^^^ target 8002/tcp container a
            - "127.0.0.1:5000-5010:5000-5010/udp"
                         ^^^^^^^^^ published 5000-5010/udp host a address=127.0.0.1
                                   ^^^^^^^^^ target 5000-5010/udp container a
            - "127.0.0.1::80"
                          ^^ target 80/tcp container a
            - "[::1]:6001:6002"
                     ^^^^ published 6001/tcp host a address=::1
                          ^^^^ target 6002/tcp container a
            - "::1:6003:6004"
                   ^^^^ published 6003/tcp host a address=::1
                        ^^^^ target 6004/tcp container a
            - ":8080"
                ^^^^ target 8080/tcp container a
    `);
  });

  test('variables', () => {
    service(`
          ports:
            - "\${P:-8080}:80"
                    ^^^^ published 8080/tcp host a via=P
                          ^^ target 80/tcp container a
            - \${A:-\${B-8081}}:\${C:-82}
                       ^^^^ published 8081/tcp host a via=A,B
                                   ^^ target 82/tcp container a via=C
            - "\${BIND:-127.0.0.1}:\${P:-8083}:83"
                                       ^^^^ published 8083/tcp host a address=127.0.0.1 via=P
                                             ^^ target 83/tcp container a
            - "\${P}:84"
               ^^^^ published ?/tcp host a via=P
                    ^^ target 84/tcp container a
            - "$P:85"
               ^^ published ?/tcp host a via=P
                  ^^ target 85/tcp container a
            - "\${P:?give one}:86"
               ^^^^^^^^^^^^^^ published ?/tcp host a via=P
                              ^^ target 86/tcp container a
            - "\${MAPPING:-8087:87}"
                          ^^^^ published 8087/tcp host a via=MAPPING
                               ^^ target 87/tcp container a via=MAPPING
            - "\${FROM:-8090}-\${TO:-8099}:88"
                       ^^^^^^^^^^^^^^^^ published 8090-8099/tcp host a via=FROM,TO
                                         ^^ target 88/tcp container a
            - "80\${LAST}:89"
               ^^^^^^^^^ published ?/tcp host a via=LAST
                         ^^ target 89/tcp container a
            - "\${PREFIX:-80}91:91"
                         ^^^^^ published ?/tcp host a via=PREFIX
                               ^^ target 91/tcp container a
            - "\${PREFIX:-80}\${LAST:-92}:92"
                         ^^^^^^^^^^^^^ published ?/tcp host a via=PREFIX,LAST
                                        ^^ target 92/tcp container a
            - "\${PREFIX:-80}93-8094:93"
                                    ^^ target 93/tcp container a
    `);
  });

  test('the two sides of an entry have one number', () => {
    const { uses } = service(`
          ports:
            - 1:2
              ^ published 1/tcp host a
                ^ target 2/tcp container a
            - 3:4
              ^ published 3/tcp host a
                ^ target 4/tcp container a
    `);
    const [one, two, three, four] = uses.map((use) => use.mapping);
    expect(one).toBe(two);
    expect(three).toBe(four);
    expect(one).not.toBe(three);
  });
});

test('long form', () => {
  service(`
          ports:
            - target: 80
                      ^^ target 80/tcp container a
              published: "8080"
                          ^^^^ published 8080/tcp host a address=127.0.0.1
              host_ip: 127.0.0.1
            - target: 53
                      ^^ target 53/udp container a
              published: \${DNS:-5353}
                                ^^^^ published 5353/udp host a via=DNS
              protocol: udp
              mode: host
            - {published: 8000-9000, target: 81}
                          ^^^^^^^^^ published 8000-9000/tcp host a
                                             ^^ target 81/tcp container a
            - target: 82
                      ^^ target 82/tcp container a
              name: no port 8080
              app_protocol: http
  `);
});

test('expose', () => {
  service(`
          expose:
            - "8080"
               ^^^^ exposed 8080/tcp container a
            - 3000-3005
              ^^^^^^^^^ exposed 3000-3005/tcp container a
            - "53/udp"
               ^^ exposed 53/udp container a
            - \${P:-8081}
                   ^^^^ exposed 8081/tcp container a via=P
            - \${P}
              ^^^^ exposed ?/tcp container a via=P
            - internal
  `);
});

describe('problems', () => {
  test('no ports', () => {
    service(`
          ports:
            - "70000:80"
               ^^^^^ problem 70000 is not a port: ports go from 1 to 65535.
                     ^^ target 80/tcp container a
            - "8080:0"
               ^^^^ published 8080/tcp host a
                    ^ problem 0 is not a port: ports go from 1 to 65535.
            - "9010-9000:80"
               ^^^^^^^^^ problem The range 9010-9000 runs backwards.
                         ^^ target 80/tcp container a
            - "9000-9010:80-85"
               ^^^^^^^^^ problem The two ranges must be equally long: each published port leads to one port of the container.
            - target: 99999
                      ^^^^^ problem 99999 is not a port: ports go from 1 to 65535.
            - "\${P:-65536}:81"
                    ^^^^^ problem 65536 is not a port: ports go from 1 to 65535.
                           ^^ target 81/tcp container a
    `);
  });

  test('a default without its dash', () => {
    const { problems } = service(`
          ports:
            - "\${PORT:80}:80"
               ^^^^^^^^^^ problem \${PORT:80} lacks the dash that makes 80 the default: \${PORT:-80}.
               ^^^^^^^^^^ published ?/tcp host a via=PORT
                          ^^ target 80/tcp container a
          environment:
            RETRIES: \${RETRIES:5}
            WEB_PORT: \${WEB_PORT:81}
                      ^^^^^^^^^^^^^^ environment ? container a via=WEB_PORT
                      ^^^^^^^^^^^^^^ problem \${WEB_PORT:81} lacks the dash that makes 81 the default: \${WEB_PORT:-81}.
    `);
    expect(problems.map((problem) => problem.instead)).toEqual(['${PORT:-80}', '${WEB_PORT:-81}']);
  });

  test('once, even where several services share the fragment', () => {
    reads(
      compose,
      'compose.yaml',
      `
      x-ports: &ports ["99999:80"]
                        ^^^^^ problem 99999 is not a port: ports go from 1 to 65535.
                              ^^ target 80/tcp container a
                              ^^ target 80/tcp container b
      services:
        a: {image: a, ports: *ports}
        b: {image: b, ports: *ports}
      `,
    );
  });
});

test('what is not understood is left alone', () => {
  service(`
          ports:
            - REPLACE_WITH_PORT:7001
                                ^^^^ target 7001/tcp container a
            - __PORT__:__PORT__
            - 5XXX:5XXX
            - "8080:80/http"
            - some.host:8080:80
            - "80.5:abc"
            - 8080::
            - [80, 90]
            -
            - "8080 : 80"
  `);
});

describe('half-typed', () => {
  test.each([
    ['- "90', 90],
    ['- 9006:', undefined],
    ['- "9006:"', undefined],
    ['- "9006:80', 9006],
    ['-', undefined],
    ['- "${PORT:-90', undefined],
    ['- "127.0.0.1:', undefined],
    ['- ${PORT', undefined],
  ])('%s', (entry, port) => {
    const reading = compose.read(`services:\n  a:\n    image: a\n    ports:\n      ${entry}`, 'compose.yaml');
    expect(reading!.uses.find((use) => use.port !== null)?.port).toBe(port);
    expect(reading!.problems).toEqual([]);
  });
});
