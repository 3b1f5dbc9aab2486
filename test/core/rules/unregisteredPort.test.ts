import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeFact } from '../../support/fixture.ts';
import { applied, checks, filesOf, findings, indexOf } from '../../support/workspace.ts';

/** The registry after its one unregistered port has been registered. */
function registered(registry: string, ports: string, container = '', path = 'PORTS.md'): string {
  const files = filesOf(
    `--- ${path}\n${registry.replace(/\n?$/, '\n')}--- compose.yaml\nservices:\n  tide-gauge:\n    image: x\n${container}    ports: [${ports}]\n`,
  );
  const fixes = findings(files).flatMap((finding) => (finding.rule === 'unregistered-port' ? finding.fixes : []));
  expect(fixes.map(({ preferred }) => preferred)).toEqual([false]);
  return applied(files, fixes[0]!.edits).get(path)!;
}

describe('registering a port adds a row', () => {
  test('at its height where the rows ascend', () => {
    const registry =
      '# Ports\n\n| Port | Service | Owner |\n|------|---------|-------|\n| 4100 | Crane | Ann |\n| 4200 | Winch | Bob |\n';
    expect(registered(registry, '"4150:80"')).toBe(
      '# Ports\n\n| Port | Service | Owner |\n|------|---------|-------|\n| 4100 | Crane | Ann |\n| 4150 | tide-gauge |     |\n| 4200 | Winch | Bob |\n',
    );
  });

  test('at the end, in any order of columns, with the container and its port', () => {
    const registry =
      '# Ports\n\nService | Container | Host Port | Container Port\n---|---|---|---\nCrane | c | 4200 | 80\nWinch | w | 4100 | 81';
    expect(registered(`${registry}\n`, '"4150:3000"', '    container_name: tg\n')).toBe(
      `${registry}\ntide-gauge | tg | 4150 | 3000\n`,
    );
  });

  test('to the table whose ports are nearest', () => {
    const table = (port: number, name: string) =>
      `## ${name}\n\n| Port | Service |\n|---|---|\n| ${port} | ${name} |\n`;
    const after = registered(`# Ports\n\n${table(4100, 'Crane')}\n${table(9100, 'Winch')}`, '"9150:80"');
    expect(after.trimEnd().endsWith('| 9100 | Winch |\n| 9150 | tide-gauge |')).toBe(true);
  });

  test('as wide as its neighbours, in the marks that they all have', () => {
    const rows = '| **`crane`**  | `4100` | Ann   |\n| **`winch`**  | `4200` | Bob   |\n';
    const registry = `# Ports\n\n| Service      | Port   | Owner |\n| ------------ | ------ | ----- |\n${rows}`;
    expect(registered(registry, '"4150:80"')).toContain('\n| **tide-gauge** | `4150` |       |\n| **`winch`**  |');
    const code = registry.replaceAll('**', '');
    expect(registered(code, '"4250:80"')).toContain('| Bob   |\n| `tide-gauge` | `4250` |       |\n');
  });

  test('with the line breaks of the document', () => {
    const registry = '# Ports\r\n\r\n| Port | Service |\r\n|---|---|\r\n| 4100 | Crane |\r\n';
    expect(registered(registry, '"4150:80"')).toBe(`${registry}| 4150 | tide-gauge |\r\n`);
  });
});

describe('registering a port adds an entry to a list', () => {
  test.each([
    ['- 4100: crane\n- 4200: winch\n', '- 4100: crane\n- 4150: tide-gauge\n- 4200: winch\n'],
    [
      '- **crane**: 4100\n- **winch**: 4120\n\nEnd.\n',
      '- **crane**: 4100\n- **winch**: 4120\n- **tide-gauge**: 4150\n\nEnd.\n',
    ],
    ['* `4200` - winch\n* `4100` - crane\n', '* `4200` - winch\n* `4100` - crane\n* `4150` - tide-gauge\n'],
  ])('%j', (list, after) => {
    expect(registered(`# Port registry\n\n${list}`, '"4150:80"')).toBe(`# Port registry\n\n${after}`);
  });

  test.each([
    ['ports:\n  crane: 4100\n  winch: 4200\n', 'ports:\n  crane: 4100\n  tide-gauge: 4150\n  winch: 4200\n'],
    [
      'ports:\n  4100: crane\n  4120: winch # old\n  4130: davit\n',
      'ports:\n  4100: crane\n  4120: winch # old\n  4130: davit\n  4150: tide-gauge\n',
    ],
    [
      'services:\n  crane:\n    port: 4100\n    owner: Ann\n\n  winch:\n    port: 4200\n    owner: Bob\n',
      'services:\n  crane:\n    port: 4100\n    owner: Ann\n\n  tide-gauge:\n    port: 4150\n  winch:\n    port: 4200\n    owner: Bob\n',
    ],
    [
      'services:\n  - name: crane\n    host_port: "4100"\n    tags: [a]\n  - name: winch\n    host_port: "4120"\n    tags: [b]\nend: 1\n',
      'services:\n  - name: crane\n    host_port: "4100"\n    tags: [a]\n  - name: winch\n    host_port: "4120"\n    tags: [b]\n  - name: tide-gauge\n    host_port: "4150"\nend: 1\n',
    ],
    [
      'services:\n  - { port: 4200, name: winch }\n  - { port: 4100, name: crane }\n',
      'services:\n  - { port: 4200, name: winch }\n  - { port: 4100, name: crane }\n  - { port: 4150, name: tide-gauge }\n',
    ],
  ])('%j', (registry, after) => {
    expect(registered(registry, '"4150:80"', '', 'ports.yaml')).toBe(after);
  });

  test('unless its entries say more than that', () => {
    const files = filesOf(
      '--- ports.yaml\nports:\n  crane: 4100 # Ann\n  winch: 4200 # Bob\n--- compose.yaml\nservices: { gauge: { ports: ["4150:80"] } }\n',
    );
    expect(findings(files).map(({ rule, fixes }) => [rule, fixes])).toEqual([['unregistered-port', []]]);
  });

  test('unless they are the keys of a map, and the service is one already', () => {
    const files = filesOf(
      '--- ports.yaml\nports:\n  crane: 4100\n  winch: 4200\n--- compose.yaml\nservices: { crane: { ports: ["4100:80", "4150:81"] } }\n',
    );
    expect(findings(files).map(({ rule, fixes }) => [rule, fixes])).toEqual([['unregistered-port', []]]);
  });
});

/** Registries of many shapes: a text before all entries, and how one is written. */
const shapes: Record<string, { path: string; head: string; entry: (port: number, name: string, i: number) => string }> =
  {
    table: {
      path: 'PORTS.md',
      head: '# Ports\n\n| Port | Service |\n|--|--|\n',
      entry: (port, name) => `| ${port} | ${name} |\n`,
    },
    code: {
      path: 'PORTS.md',
      head: '# Ports\n\n## Here\n\nService | Port | Notes\n---|---|---\n',
      entry: (port, name, i) => `\`${name}\` | \`${port}\` | ${'x'.repeat(i)}\n`,
    },
    wide: {
      path: 'PORTS.md',
      head: '# Ports\n\n| Service | Container | Host port | Container port |\n| - | - | - | - |\n',
      entry: (port, name) => `| **${name}** | ${name.padEnd(20)} | ${port} | 80 |\n`,
    },
    list: { path: 'PORTS.md', head: '# Port registry\n\n', entry: (port, name) => `- ${port}: ${name}\n` },
    map: { path: 'ports.yaml', head: 'ports:\n', entry: (port, name) => `  ${name}: ${port}\n` },
    maps: {
      path: 'ports.yaml',
      head: 'services:\n',
      entry: (port, name) => `  ${name}:\n    owner: Ann\n    port: ${port}\n`,
    },
    items: {
      path: 'ports.yaml',
      head: 'services:\n',
      entry: (port, name, i) => `- port: ${port}\n  service: ${name}\n${i % 2 ? '' : '  note: a b\n'}`,
    },
  };

test('after it the finding is gone, and the registry says this one thing more', () => {
  const port = fc.integer({ min: 3000, max: 9000 });
  const workspace = fc.record({
    shape: fc.constantFrom(...Object.keys(shapes)),
    ports: fc.uniqueArray(port, { minLength: 3, maxLength: 9 }),
    isSorted: fc.boolean(),
    lineBreak: fc.constantFrom('\n', '\r\n'),
  });
  fc.assert(
    fc.property(workspace, ({ shape, ports: [asked, ...ports], isSorted, lineBreak }) => {
      const { path, head, entry } = shapes[shape]!;
      const sorted = isSorted ? ports.toSorted() : ports;
      const registry = (head + sorted.map((one, i) => entry(one, `crane-${'abcdefghi'[i]}`, i)).join('')).replaceAll(
        '\n',
        lineBreak,
      );
      const compose = `services:\n  tide-gauge:\n    image: x\n    ports: ["${asked}:80"]\n`;
      const files = new Map([
        [path, registry],
        ['compose.yaml', compose],
      ]);
      const before = findings(files);
      expect(before.map(({ rule }) => rule)).toEqual(['unregistered-port']);
      const after = applied(files, before[0]!.fixes[0]!.edits);
      expect(findings(after)).toEqual([]);
      const claims = (texts: ReadonlyMap<string, string>) =>
        indexOf(texts)
          .file(path)!
          .claims.map(({ span: _, serviceSpan: __, ...claim }) =>
            describeFact({ ...claim, span: { start: 0, end: 0 } }),
          );
      const news = claims(after);
      for (const old of claims(files)) expect(news.splice(news.indexOf(old), 1)).toEqual([old]);
      expect(news.filter((claim) => claim.includes('host') || claim.includes(' any '))).toEqual([
        expect.stringContaining(`${asked}`),
      ]);
      expect(news.length).toBe(shape === 'wide' ? 2 : 1);
      expect(isSorted ? [...after.get(path)!.matchAll(/\b[3-9]\d{3}\b/g)].map(Number) : []).toEqual(
        isSorted ? [...ports, asked!].toSorted() : [],
      );
    }),
    { numRuns: 200 },
  );
});

test('a port of the few that a registry lists for that very service', () =>
  checks(`
    --- PORTS.md
    # Ports

    - locker: 19000-19001
    - pier: 8100-8199
    - Quay: 3000
    --- compose.yaml
    services:
      locker:
        image: harbour/locker
        ports: ["19000:9000", "19001:9001"]
      pier:
        image: harbour/pier
        ports: ["8150:80"]
                 ^^^^ unregistered-port: …
  `));

test('a port that the registry mentions for another place is mentioned', () =>
  checks(`
    --- PORTS.md
    # Ports

    | Service | Port | Environment | Compose file         |
    |---------|------|-------------|----------------------|
    | Quay    | 8080 | Staging     | compose.yaml         |
    | Crane   | 8081 | Production  | compose.freight.yaml |
    --- compose.yaml
    services:
      crane:
        image: harbour/crane
        ports: ["8081:80"]
      winch:
        image: harbour/winch
        ports: ["8082:80"]
                 ^^^^ unregistered-port: …
  `));
