import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../../server/src/core/analyze.ts';
import { defaults, type Settings } from '../../../server/src/core/settings/settings.ts';
import { dedent } from '../../support/fixture.ts';
import { keepsName, placeAfter, placeOf, renamedAt, renames, settingsAfter } from '../../support/renamings.ts';
import { applied, filesOf, indexOf } from '../../support/workspace.ts';

const registry = (name: string, port = 9006) => `
  --- PORTS.md
  # Port registry

  | Service | Host port |
  |---|---|
  | ${name} | ${port} |
  | winch-web | 9100 |
`;
const compose = (name = 'crane-api') => `
  --- compose.yaml
  services:
    ${name}:
      image: example/crane
      ports: ["9006:8000"]
    winch-web:
      image: example/winch
      ports: ["9100:8000"]
`;

describe('a new name is written', () => {
  test('in the row, and the old one stays known', () => {
    renames(
      registry('crane-api') + compose(),
      'PORTS.md: | cra',
      'hoist',
      registry('hoist') + compose(),
      'hoist → crane-api',
    );
  });

  test('without an alias where the service is known by the new name as well, or by none', () => {
    renames(registry('crane-api') + compose(), 'PORTS.md: | cra', 'Crane API', registry('Crane API') + compose());
    renames(registry('crane-api'), 'PORTS.md: | cra', 'hoist', registry('hoist'));
  });

  test('within the marks and the remarks around the old one', () => {
    for (const [open, close] of [
      ['**', '**'],
      ['`', '`'],
      ['**`', '`** (main)'],
      ['[', '](https://example.com/crane)'],
      ['', ' <!-- big -->'],
    ])
      renames(registry(`${open}crane-api${close}`), 'PORTS.md: crane', 'hoist', registry(`${open}hoist${close}`));
  });

  test('in all rows of the service, in documents that repeat one, and in nothing else', () => {
    const all = (name: string) => `
      --- docs/PORT_REGISTRY.md
      # Port registry

      | Service | Host port | Container port |
      |---|---|---|
      | ${name} | 9006 | 8000 |
      | crane-api-old | 9100 | 8000 |

      ### Details

      - **${name}**: 9007 (metrics of crane-api)
      --- README.md
      # Harbour

      ## Ports

      | Service | Port |
      |---|---|
      | ${name} | 9006 |

      See crane-api.
      --- quay/README.md
      # Quay

      ## Ports

      | Service | Port |
      |---|---|
      | ${name} | 9300 |
    `;
    renames(all('crane-api'), 'docs/PORT_REGISTRY.md: **cra', 'hoist', all('hoist'));
    renames(all('crane-api'), 'README.md: | cra', 'hoist', all('hoist'));
  });

  test('once where one cell is about several ports, with what the head of a column adds', () => {
    const all = (name: string) => `
      --- PORTS.md
      # Port registry

      | Service | HTTP | gRPC |
      |---|---|---|
      | ${name} | 9006 | 9007 |
      | winch | 9100 | 9101 |
    `;
    renames(all('crane'), 'PORTS.md: | cra', 'hoist', all('hoist'));
  });

  test('in YAML and JSON with the quotes that are there, or that it needs', () => {
    const yaml = (name: string) => `--- ports.yaml\n# Port registry\nports:\n  ${name}: 9006\n  winch: 9100\n`;
    renames(yaml('crane'), 'ports.yaml: cra', 'hoist', yaml('hoist'));
    renames(yaml("'crane'"), 'ports.yaml: cra', "pilot's", yaml("'pilot''s'"));
    renames(yaml('"crane"'), 'ports.yaml: cra', 'say "hi"', yaml('"say \\"hi\\""'));
    const files = filesOf(yaml('crane'));
    const result = renamedAt(files, placeOf(files, 'ports.yaml', 'cra'), 'crane: north');
    if ('refused' in result) expect.fail(result.refused);
    expect(Object.fromEntries(applied(files, result.edits))).toEqual(
      Object.fromEntries(filesOf(yaml('"crane: north"'))),
    );
    const json = (name: string) => `--- ports.json\n{"ports": {"${name}": 9006, "winch": 9100}}\n`;
    renames(json('crane'), 'ports.json: cra', 'north "1"', json('north \\"1\\"'));
  });

  test('and stays known in nginx', () => {
    const nginx = `
      --- site.conf
      upstream crane_servers { server 127.0.0.1:9006; }
      server { listen 80; location / { proxy_pass http://crane_servers; } }
    `;
    const all = (name: string) => dedent(registry(name)) + dedent(nginx);
    renames(all('crane'), 'PORTS.md: cra', 'hoist', all('hoist'), 'hoist → crane');
  });

  test('where another name was set before: the service keeps the one that it bears', () => {
    const files = filesOf(registry('hoist') + compose());
    const settings: Settings = { ...defaults, aliases: { hoist: ['crane-api'] } };
    const result = renamedAt(files, placeOf(files, 'PORTS.md', '| hoist'), 'lifter', settings);
    expect(result).toMatchObject({ alias: { setting: { service: 'lifter', name: 'crane-api' } } });
  });

  test('also where a document has it already for the same port', () => {
    const readme =
      '\n  --- README.md\n  # Harbour\n\n  ## Ports\n\n  | Service | Port |\n  |---|---|\n  | hoist | 9006 |\n';
    const files = filesOf(registry('crane-api') + readme);
    expect(renamedAt(files, placeOf(files, 'PORTS.md', '| cra'), 'hoist')).toMatchObject({
      edits: [{ path: 'PORTS.md' }],
    });
  });
});

describe('a new name is refused', () => {
  const both = registry('crane-api') + compose();

  test('that is none, or the old one', () => {
    keepsName(both, 'PORTS.md: | cra', '  ', 'A service needs a name.');
    keepsName(both, 'PORTS.md: | cra', 'crane-api', 'crane-api is its name already.');
  });

  test('that would break the row, or be read as something else', () => {
    keepsName(both, 'PORTS.md: | cra', 'a | b', 'A name has neither a | nor a line break in it.');
    keepsName(both, 'PORTS.md: | cra', 'a\nb', 'A name has neither a | nor a line break in it.');
    keepsName(both, 'PORTS.md: | cra', '**hoist**', '"**hoist**" cannot be written here as a name.');
    keepsName(both, 'PORTS.md: | cra', 'reserved', '"reserved" cannot be written here as a name.');
    keepsName(both, 'PORTS.md: | cra', '—', '"—" cannot be written here as a name.');
  });

  test('that another service has', () => {
    keepsName(both, 'PORTS.md: | cra', 'Winch Web', 'Another service is called Winch Web already (PORTS.md:6).');
  });

  test('in a registry that cannot be read as a whole', () => {
    const yaml = '--- ports.yaml\n# Port registry\nports:\n  crane-api: 9006\n  winch: [9007\n';
    keepsName(yaml, 'ports.yaml: cra', 'hoist', 'ports.yaml cannot be read as a whole; mend it first.');
  });

  test('for a name that is put together, or written in pieces', () => {
    const section = '--- PORTS.md\n# Port registry\n\n## Crane\n\n| Service | Port |\n|---|---|\n| API | 9006 |\n';
    keepsName(
      section,
      'PORTS.md: | AP',
      'hoist',
      '"API" says not whose port it is without what stands around it; change it by hand.',
    );
    keepsName(
      registry('**crane** *north*'),
      'PORTS.md: cra',
      'hoist',
      'This name is not written in one piece; change it by hand.',
    );
  });

  test('where another row of the service has its name from elsewhere', () => {
    const both = `
      --- PORTS.md
      # Port registry

      | Service | Port |
      |---|---|
      | Crane API | 9006 |

      ### Crane API

      - Port: 9007
    `;
    keepsName(
      both,
      'PORTS.md: | Cra',
      'hoist',
      'Crane API owns 9007 as well (PORTS.md:9), with its name elsewhere; rename it by hand.',
    );
  });

  test('for a service in a compose file, and a place without a name', () => {
    keepsName(
      both,
      'compose.yaml: cra',
      'hoist',
      'Containers reach crane-api by this name. Rename the service in its registry row; this name can stay.',
    );
    keepsName(both, 'PORTS.md: # Port', 'hoist', 'No name of a service stands here.');
  });

  test('where one other name is not enough', () => {
    const more = both.replace('winch-web:\n', 'crane:\n');
    const settings: Settings = { ...defaults, aliases: { 'crane-api': ['derrick', 'jib'] } };
    const two = more.replace('crane-api:\n', 'derrick:\n').replace('crane:\n', 'jib:\n').replace('"9100:', '"9006:');
    keepsName(
      two,
      'PORTS.md: | cra',
      'hoist',
      'Nothing would tell any more that the row is about derrick (compose.yaml).',
      settings,
    );
  });

  test('that would bring the row to a service on another port', () => {
    keepsName(
      registry('crane-api', 9005) + compose('hoist'),
      'PORTS.md: | cra',
      'hoist',
      'After that something new would be wrong: hoist publishes 9006, but the registry gives it 9005 (PORTS.md:5).',
    );
  });
});

const old = ['crane-api', 'Winch Web', 'tide_gauge', 'berth planner', 'pilotLog', 'buoy-tracker-2'];
const fresh = ['hoist', 'Lifter Deck', 'anchor-watch', 'mooring_7', 'Lotse'];
const service = fc.record({
  name: fc.constantFrom(...old),
  port: fc.integer({ min: 41, max: 56 }).map((n) => n * 100),
  drift: fc.constantFrom(0, 0, 0, 1),
  marks: fc.constantFrom('', '**', '`', '**`'),
  form: fc.constantFrom('row', 'line', 'repeated'),
  isRouted: fc.boolean(),
});

/** A workspace in which compose and nginx call services much as the registry does; some are on a wrong port. */
const workspace = fc
  .uniqueArray(service, { minLength: 1, maxLength: 6, selector: ({ name }) => name, comparator: 'SameValue' })
  .filter((services) => new Set(services.map(({ port }) => port)).size === services.length)
  .map((services) => {
    const key = (name: string) => name.toLowerCase().replace(/[ _]/g, '-');
    const close = (marks: string) => [...marks].reverse().join('');
    const written = ({ name, marks }: (typeof services)[number]) => `${marks}${name}${close(marks)}`;
    const rows = services.map((one) => (one.form === 'line' ? '' : `| ${written(one)} | ${one.port} |\n`));
    const lines = services.map((one) => (one.form === 'line' ? `- ${written(one)}: ${one.port}\n` : ''));
    const again = services.map((one) => (one.form === 'repeated' ? `| ${one.name} | ${one.port} |\n` : ''));
    const entries = services.map(
      ({ name, port, drift }) => `  ${key(name)}:\n    image: example/x\n    ports: ["${port + drift}:80"]\n`,
    );
    const routes = services.map(({ name, port, isRouted }) =>
      isRouted ? `upstream ${key(name)}_up { server 127.0.0.1:${port}; }\n` : '',
    );
    const files = new Map([
      [
        'PORTS.md',
        `# Port registry\n\n| Service | Host port |\n|---|---|\n| quay | 4000 |\n${rows.join('')}\n## More\n\n${lines.join('')}`,
      ],
      ['README.md', `# Harbour\n\n## Ports\n\n| Service | Port |\n|---|---|\n| quay | 4000 |\n${again.join('')}`],
      ['compose.yaml', `services:\n${entries.join('')}`],
      ['site.conf', routes.join('')],
    ]);
    return { services, files };
  });

/** How often each rule finds something in each file. */
function counts(files: ReadonlyMap<string, string>, settings: Settings): Map<string, number> {
  const index = indexOf(files, settings);
  const kinds = [...files.keys()].flatMap((path) => check(path, index).map(({ rule }) => `${path} ${rule}`));
  return new Map([...new Set(kinds)].map((kind) => [kind, kinds.filter((other) => other === kind).length]));
}

/** The ports that the registries give each compose service. */
function known(files: ReadonlyMap<string, string>, settings: Settings): string[] {
  const { matches } = indexOf(files, settings).comparison('compose.yaml');
  return [...matches].map(([name, rows]) => `${name}: ${rows.map(({ claim }) => claim.port).sort()}`);
}

test('in generated workspaces a new name with its alias brings up nothing, loses nobody, and can be taken back', () => {
  fc.assert(
    fc.property(workspace, fc.nat(), fc.constantFrom(...fresh), ({ services, files }, chosen, to) => {
      const { name } = services[chosen % services.length]!;
      const place = placeOf(files, 'PORTS.md', name);
      const result = renamedAt(files, place, to);
      if ('refused' in result) expect.fail(result.refused);
      const there = applied(files, result.edits);
      const settings = settingsAfter(result);
      expect(there.get('compose.yaml')).toBe(files.get('compose.yaml'));
      expect(known(there, settings)).toEqual(known(files, defaults));
      const before = counts(files, defaults);
      for (const [kind, count] of counts(there, settings))
        expect(before.get(kind) ?? 0, kind).toBeGreaterThanOrEqual(count);
      const start = { path: 'PORTS.md', offset: place.offset - name.length };
      const back = renamedAt(there, placeAfter(result.edits, start), name, settings);
      if ('refused' in back) expect.fail(back.refused);
      expect(applied(there, back.edits)).toEqual(files);
    }),
    { numRuns: 60 },
  );
});
