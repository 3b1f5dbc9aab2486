import { describe, expect, test } from 'vitest';
import { offered, taken } from '../../../support/completion.ts';

const registry = `--- PORT_REGISTRY.md
# Port registry

## Quays (4100-4109)

| Service    | Host port | Container port |
| ---------- | --------- | -------------- |
| crane      | 4100      | 80             |
| tide-gauge | 4103      | 3000           |

## Ferries (4200-4209)

| Service | Host port | Status   |
| ------- | --------- | -------- |
| ferry   | 4200      | active   |
| tender  | 4201      | reserved |

## Forbidden

| Port | Reason  |
| ---- | ------- |
| 4101 | AirPlay |
`;

/** A compose file with two services, the second of which is being written. */
function compose(lines: string): string {
  return `${registry}--- compose.yaml
services:
  crane:
    image: crane
    ports:
      - "4100:80"
  tide-gauge:
    image: gauge
${lines.replace(/^/gm, '    ')}
`;
}

const own = '* 4103: tide-gauge · PORT_REGISTRY.md:8';
const free = '4102: next free in Quays (4100–4109)';

describe('the published port in the short syntax', () => {
  test.each([
    'ports:\n  - "‸"',
    'ports:\n  - "‸',
    'ports:\n  - ‸',
    "ports:\n  - '‸:3000'",
    'ports:\n- "41‸"',
    'ports:\n  - "4‸1:3000"',
    'ports:\n  - "127.0.0.1:‸:3000"',
    'ports:\n  - "[::1]:‸"',
    'ports:\n  - "${BIND:-127.0.0.1}:‸"',
    'ports:\n  - "${GAUGE_PORT:-‸}:3000"',
    'ports:\n  - 41‸:3000',
    'ports: ["‸"]',
    'ports: ["9990:1", "‸:3000/tcp"]',
    'ports:\n  # the gauge\n  - "4199:9"\n\n  - "‸"',
    'environment:\n  A: b\nports:\n  - ‸\nhealthcheck: {}',
  ])('%j', (lines) => {
    expect(offered(compose(lines)).slice(0, 2)).toEqual([own, free]);
  });

  test('is replaced with the digits around the cursor alone', () => {
    const file = compose('ports:\n  - "127.0.0.1:4‸9:3000/tcp"');
    expect(taken(file, '4103')).toBe(file.slice(file.indexOf('services:')).replace('4‸9', '4103'));
  });

  test('is not offered again where the service has it already', () => {
    expect(offered(compose('ports:\n  - "4103:3000"\n  - "‸"'))).toEqual([free]);
  });

  test('is not taken by what is being typed', () => {
    expect(offered(compose('ports:\n  - "4102‸:3000"'))).toEqual([own, free]);
  });

  test('of a service that nobody knows is a free one of the block of what stands nearest', () => {
    const after = compose('ports:\n  - "4103:3000"\n').replace('tide-gauge:\n', 'tide-gauge:\n    x-note: 1\n');
    expect(offered(`${after.trimEnd()}\n  pilot:\n    image: pilot\n    ports:\n      - "‸"\n`)).toEqual([free]);
  });

  test('of a service without neighbours is one of each block, by their names', () => {
    expect(offered(`${registry}--- compose.yaml\nservices:\n  pilot:\n    ports:\n      - "‸"\n`)).toEqual([
      '4102: next free in Quays (4100–4109)',
      '4202: next free in Ferries (4200–4209)',
    ]);
  });
});

test('a port that the registry reserves for the service itself is its own', () => {
  expect(offered(`${registry}--- compose.yaml\nservices:\n  tender:\n    ports: ["‸"]\n`)[0]).toBe(
    '* 4201: tender · PORT_REGISTRY.md:15',
  );
});

test('the long syntax', () => {
  expect(offered(compose('ports:\n  - target: 3000\n    published: ‸'))).toEqual([own, free]);
  expect(offered(compose('ports:\n  - published: "‸"\n    target: 3000'))).toEqual([own, free]);
  expect(offered(compose('expose: [3001]\nports:\n  - published: 4103\n    target: ‸'))).toEqual([
    '3000: tide-gauge · PORT_REGISTRY.md:8',
    '3001: tide-gauge · exposed in compose.yaml:8',
  ]);
});

test.each([
  'ports:\n  - "4103:‸"',
  'ports:\n  - "4103:3‸/tcp"',
  'ports:\n  - "${GAUGE_PORT}:‸"',
  'ports:\n  - "${GAUGE:-4103}:‸"',
  'ports:\n  - "127.0.0.1:4103:‸"',
  'expose:\n  - ‸',
  'environment:\n  PORT: ‸',
  'environment:\n  PORT: "‸"',
  'environment:\n  - PORT=‸',
  'environment:\n  - "HTTP_PORT=30‸"',
])('the ports on which the service listens: %j', (lines) => {
  expect(offered(compose(lines))).toEqual(['3000: tide-gauge · PORT_REGISTRY.md:8']);
});

test('the usual port of an image is one on which it listens', () => {
  const file = `${registry}--- compose.yaml\nservices:\n  store:\n    image: postgres:17\n    ports: ["5499:‸"]\n`;
  expect(offered(file)).toEqual(['5432: store · usual for postgres:17']);
});

test.each([
  'por‸',
  'ports‸',
  'ports:‸',
  'ports: ‸',
  'ports:\n  - "4103:3000"‸',
  'ports:\n  - "4103:3000" ‸',
  'ports:\n  - "4103:3000/‸"',
  'ports:\n  - "4103-‸"',
  'ports:\n  - "‸-4109:3000"',
  'ports:\n  - "${‸}"',
  'ports:\n  - "${GAUGE_PORT‸}:3000"',
  'ports:\n  - "4103:3000" # was ‸',
  '# ports:\n#   - "‸"',
  'ports:\n  - published:‸',
  'ports:\n  - protocol: ‸',
  'ports:\n  - { published: ‸ }',
  'image: ‸',
  'image: "gauge:‸"',
  'environment:\n  DEPTH: ‸',
  'environment:\n  - DEPTH=‸',
  'environment:\n  PORT:‸',
  'command: |\n  ports:\n    - "‸"',
  'labels:\n  PORT: ‸',
  '‸',
])('nothing at %j', (lines) => {
  expect(offered(compose(lines))).toEqual([]);
});

test('nothing outside of services', () => {
  expect(offered(`${registry}--- compose.yaml\nx-a:\n  tide-gauge:\n    ports: ["‸"]\nservices:\n  a: {}\n`)).toEqual(
    [],
  );
});
