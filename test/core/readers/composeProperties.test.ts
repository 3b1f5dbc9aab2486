import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compose } from '../../../server/src/core/readers/compose.ts';
import { dedent } from '../../support/fixture.ts';
import { growthOver, isLinear } from '../../support/growth.ts';

const VALID = dedent(`
  name: shop
  x-base: &base
    restart: always
    ports: &ports
      - "9006:8000"
      - "127.0.0.1:9007-9008:8001-8002/udp"
  services:
    api:
      <<: *base
      image: api:1
      expose: [7000, "7001"]
      environment:
        PORT: "8000"
        DB_HOST: db
        DB_PORT: 5432
        URLS: http://web:80,http://localhost:3000
    web:
      build: .
      ports:
        - target: 80
          published: \${WEB:-8080}
        - "\${A:-\${B:-8081}}:81"
      command: >-
        uvicorn app:app
        --port 80
      healthcheck:
        test: ["CMD", "curl", "http://localhost:80/"]
      labels:
        - traefik.http.services.web.loadbalancer.server.port=80
    db:
      image: postgres
      ports: *ports
      command: "-p \\"5432\\""
`);

const edit = fc.record({
  at: fc.nat(VALID.length),
  remove: fc.nat(12),
  insert: fc.oneof(
    fc.string({ maxLength: 4 }),
    fc.constantFrom(
      '"',
      "'",
      ':',
      '\n',
      '- ',
      '  ',
      '${',
      '}',
      '&a ',
      '*ports',
      '[',
      '{',
      '#',
      '80',
      '\r\n',
      '\t',
      '🚢',
      '|\n',
    ),
  ),
});

test('after any edits: never throws, and every place holds the digits of its port', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
      let text = VALID;
      for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
      for (const use of compose.read(text, 'compose.yaml')?.uses ?? []) {
        const there = text.slice(use.span.start, use.span.end);
        if (!use.via)
          expect(there.split('-').map(Number)).toEqual([use.port, ...(use.endPort === undefined ? [] : [use.endPort])]);
        else if (use.port === null) expect(there).toContain('$');
        else expect(there).toContain(String(use.port));
      }
    }),
    { numRuns: 1000 },
  );
});

/** In UTF-16 code units. */
const LONG = 400_000;

test.each<[string, string, string, string]>([
  ['ports', 'ports: ["', ':', '"]'],
  ['digits', 'ports: ["', '1', '"]'],
  ['an address', 'ports: ["', 'a:', ':80:80"]'],
  ['URLs', 'environment: {URL: "', 'http://a@', '"}'],
  ['hosts', 'environment: {HOSTS: "', 'a:80,', '!"}'],
  ['variables', 'environment: {URL: "', 'http://${A:-a}:${B:-80} ', '"}'],
  ['options', 'command: "serve ', '-p ', '"'],
  ['addresses', 'command: "', '--bind=:80 ', '"'],
  ['hosts to check', 'healthcheck: {test: "', 'localhost ', '"}'],
  ['spaces', 'healthcheck: {test: "x', ' ', '"}'],
  ['labels', 'labels: ["caddy={{', ' ', '"]'],
])('hostile %s take time in proportion', async (_, start, piece, end) => {
  const line = piece.repeat(Math.ceil(LONG / piece.length));
  const read = (part: string) => {
    const reading = compose.read(`services:\n  a:\n    image: a\n    ${start}${part}${end}\n`, 'compose.yaml');
    expect(reading).toBeDefined();
  };
  expect(await growthOver(line, read)).toSatisfy(isLinear);
});
