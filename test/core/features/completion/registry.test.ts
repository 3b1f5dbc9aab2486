import { describe, expect, test } from 'vitest';
import { offered, taken } from '../../../support/completion.ts';

const compose = `--- compose.yaml
services:
  crane:
    ports: ["4100:80"]
  tide-gauge:
    container_name: gauge
    ports: ["4104:3000"]
  pilot:
    ports: ["4199:9000"]
--- compose.test.yaml
services:
  mole:
    ports: ["4999:1"]
`;

/** A registry with a row that is being written. */
function table(row: string, more = ''): string {
  return `${compose}--- PORTS.md
# Ports

## Quays (4100-4109)

| Port | Container port | Service    | Notes |
| ---- | -------------- | ---------- | ----- |
| 4100 | 80             | \`crane\`    |       |
${row}
${more}
Prose with a | and a port 41 at its end.
`;
}

const gauge = '4104 · compose.yaml:6';
const pilot = '4199 · compose.yaml:8';

describe('a service cell', () => {
  test.each(['| | | ‸ | |', '| | | ‸', '| | | ti‸', '| 41 | | `‸` | |', '||| ti‸de |x|'])(
    'has the services that are not registered: %j',
    (row) => {
      expect(offered(table(row))).toEqual([`tide-gauge: ${gauge}`, `pilot: ${pilot}`]);
    },
  );

  test('has first the service that takes the port of the row', () => {
    expect(offered(table('| 4199 | | ‸ | |'))).toEqual([`* pilot: ${pilot}`, `tide-gauge: ${gauge}`]);
    expect(offered(table('| `4199` | | pilot‸ | |'))[0]).toBe(`* pilot: ${pilot}`);
  });

  test('is given the name alone', () => {
    expect(taken(table('| 4104 | | `ti‸d` | x |'), 'tide-gauge')).toContain('| 4104 | | `tide-gauge` | x |\n');
    expect(taken(table('| 4104 | | ‸ | x |'), 'tide-gauge')).toContain('| 4104 | | tide-gauge | x |\n');
  });

  test.each(['| | | tide ‸ | |', '| | | `tide-gauge`‸ | |', '| | | | ‸ |', '‸ | | | | |'])('nothing at %j', (row) => {
    expect(offered(table(row))).toEqual([]);
  });
});

describe('a port cell', () => {
  test.each([
    '| ‸ | | tide-gauge | |',
    '| 41‸ | | Tide Gauge | |',
    '| `‸` | | `tide-gauge` | |',
    '|‸|| tide gauge service',
  ])('has the port that the service takes, then a free one: %j', (row) => {
    expect(offered(table(row))).toEqual([
      `* 4104: tide-gauge · compose.yaml:6`,
      '4101: next free in Quays (4100–4109)',
    ]);
  });

  test('of another service has the next free port of the block', () => {
    expect(offered(table('| ‸ | | radio | |'))).toEqual(['4101: next free in Quays (4100–4109)']);
    expect(offered(table('| ‸'))).toEqual(['4101: next free in Quays (4100–4109)']);
  });

  test('for the inside has the port behind the published one', () => {
    expect(offered(table('| 4104 | ‸ | tide-gauge | |'))).toEqual(['* 3000: tide-gauge · compose.yaml:6']);
    expect(offered(table('| 4104 | ‸ | radio | |'))).toEqual([]);
  });

  test.each(['| 4101-‸ | | radio | |', '| ‸, 4102 | | radio | |', '| 4100 ‸| | |'])('nothing at %j', (row) => {
    expect(offered(table(row))).toEqual([]);
  });
});

test.each(['‸', 'The next | port is ‸.', '| No | table |\n‸', '- ‸', '## Ports ‸'])('nothing in prose: %j', (text) => {
  expect(offered(table('', text))).toEqual([]);
});

describe('a registry in YAML', () => {
  const yaml = (lines: string) => `${compose}--- ports.yaml
ranges:
  quays: 4100-4109
services:
  crane:
    port: 4100
${lines}
`;
  const both = ['* 4104: tide-gauge · compose.yaml:6', '4101: next free in quays (4100–4109)'];

  test.each([
    '  tide-gauge:\n    port: ‸',
    '  tide-gauge:\n    host_port: 4‸\n    owner: Ann',
    '  gauge:\n    service: tide-gauge\n    port: "‸"',
    '  - name: tide-gauge\n    port: ‸',
    '  - port: ‸\n    name: tide-gauge\n  - name: pilot',
  ])('%j', (lines) => {
    const isList = lines.startsWith('  -');
    const picture = isList
      ? yaml(lines).replace('  crane:\n    port: 4100', '  - name: crane\n    port: 4100')
      : yaml(lines);
    expect(offered(picture)).toEqual(both);
  });

  test('the port inside', () => {
    expect(offered(yaml('  tide-gauge:\n    container_port: ‸'))).toEqual(['* 3000: tide-gauge · compose.yaml:6']);
  });

  test.each(['  ‸', '  tide-gauge:\n    owner: ‸', '  tide-gauge:\n    port:‸', '  tide-gauge:\n    old_port: ‸'])(
    'nothing at %j',
    (lines) => {
      expect(offered(yaml(lines))).toEqual([]);
    },
  );
});
