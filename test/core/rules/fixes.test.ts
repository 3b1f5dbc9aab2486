import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import { apply, combine } from '../../../server/src/core/edits.ts';
import { faultsOf, type Mendable, repairsOf } from '../../support/repairs.ts';
import { filesOf, findings, fixed, indexOf } from '../../support/workspace.ts';

function mendable(files: ReadonlyMap<string, string>): Mendable {
  const texts = new Map(files);
  const index = indexOf(texts);
  const put = (path: string, text: string) => {
    texts.set(path, text);
    index.put(read(path, text)!);
  };
  return { index, texts, put, findings: () => [...texts.keys()].flatMap((path) => check(path, index)) };
}

const names = ['crane-api', 'winch-web', 'tide-gauge', 'berth-planner', 'pilot-log', 'buoy-tracker'];
const service = fc.record({
  name: fc.constantFrom(...names),
  claimed: fc.option(fc.integer({ min: 41, max: 56 }).map((n) => n * 100)),
  used: fc.integer({ min: 41, max: 56 }).map((n) => n * 100),
  form: fc.constantFrom('short', 'long', 'variable', 'dotenv', 'same'),
});
const services = fc.uniqueArray(service, { minLength: 1, maxLength: 6, selector: ({ name }) => name });

/** A registry, a compose file, its variables and an nginx file that need not agree. */
const workspace = fc.record({ services, lineBreak: fc.constantFrom('\n', '\r\n') }).map(({ services, lineBreak }) => {
  const rows = services.flatMap(({ name, claimed }) => (claimed === null ? [] : [`| ${claimed} | ${name} | quay |`]));
  const ports = {
    short: (port: number) => `"127.0.0.1:${port}:80"`,
    long: (port: number) => `{target: 80, published: ${port}}`,
    variable: (port: number) => `"\${X_PORT:-${port}}:80" # ${port}`,
    dotenv: (_: number, variable: string) => `"\${${variable}}:80"`,
    same: (port: number) => `${port}:${port}`,
  };
  const variable = (name: string) => `${name.toUpperCase().replace('-', '_')}_PORT`;
  const running = services.map(
    ({ name, used, form }) =>
      `  ${name}:\n    image: example/${name}\n    ports:\n      - ${ports[form as keyof typeof ports](used, variable(name))}\n`,
  );
  const set = services.filter(({ form }) => form === 'dotenv').map(({ name, used }) => `${variable(name)}=${used}\n`);
  const proxied = services.filter(({ form }) => form === 'same');
  const files = {
    'PORTS.md': `# Port registry\n\n| Host port | Service | Note |\n|---|---|---|\n| 4000 | harbour-master | quay |\n${rows.map((row) => `${row}\n`).join('')}`,
    'compose.yaml': `services:\n${running.join('')}`,
    '.env': `A=1\n${set.join('')}`,
    'site.conf': `server {\n  listen 80;\n${proxied.map(({ name, used }) => `  location /${name} { proxy_pass http://${name}:${used}; }\n`).join('')}}\n`,
  };
  return new Map(Object.entries(files).map(([path, text]) => [path, text.replaceAll('\n', lineBreak)]));
});

describe('fixes of generated workspaces', () => {
  test('each by itself takes its finding away and breaks nothing', () => {
    fc.assert(
      fc.property(workspace, (files) => {
        const mend = mendable(files);
        const before = mend.findings();
        for (const repair of repairsOf(before)) expect(faultsOf(repair, before, mend)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('all that need no asking leave nothing that needs no asking', () => {
    fc.assert(
      fc.property(workspace, (files) => {
        const mend = mendable(files);
        const errors = () => mend.findings().filter(({ severity }) => severity === 'error').length;
        const preferred = () => mend.findings().flatMap(({ fixes }) => fixes.filter((fix) => fix.preferred));
        const before = errors();
        for (let round = 0; round < 10; round++) {
          const edits = combine(preferred());
          for (const path of new Set(edits.map((edit) => edit.path))) {
            const own = edits.filter((edit) => edit.path === path);
            mend.put(path, apply(mend.texts.get(path)!, own));
          }
        }
        expect(preferred()).toEqual([]);
        expect(errors()).toBeLessThanOrEqual(before);
      }),
      { numRuns: 60 },
    );
  });
});

const REGISTRY = `
  --- PORTS.md
  # Port registry

  | Host port | Service |
  |-----------|---------|
  | 4100 | crane-api |
  | 4200 | winch-web |
`;
const composeWith = (crane: number, other: string, port: number) => `
  --- compose.yaml
  services:
    crane-api:
      image: example/crane
      ports: ["${crane}:80"]
    ${other}:
      image: example/other
      ports: ["${port}:80"]
`;

describe('what needs asking', () => {
  test('is not two services that change places', () => {
    fixed(REGISTRY + composeWith(4200, 'winch-web', 4100), REGISTRY + composeWith(4100, 'winch-web', 4200));
  });

  test('is a port on which another service stays, and the finding shows it', () => {
    const found = findings(filesOf(REGISTRY + composeWith(4300, 'tide-gauge', 4100)));
    const mismatch = found.find(({ rule }) => rule === 'port-mismatch')!;
    expect(mismatch.fixes).toMatchObject([{ title: 'Use 4100, the port of crane-api', preferred: false }]);
    expect(mismatch.related.map(({ message }) => message)).toContain('4100 is still published here by tide-gauge');
  });

  test('is a port on which a service of a file merged before stays', () => {
    const files = `
  --- compose.yaml
  services:
    tide-gauge:
      ports: ["4100:80"]
  --- compose.override.yaml
  services:
    crane-api:
      ports: ["4400:80"]
`;
    const found = findings(filesOf(REGISTRY + files));
    const mismatch = found.find(({ rule }) => rule === 'port-mismatch')!;
    expect(mismatch.fixes).toMatchObject([{ title: 'Use 4100, the port of crane-api', preferred: false }]);
    expect(mismatch.related.map(({ message }) => message)).toContain('4100 is still published here by tide-gauge');
  });

  test('is a choice among several ports', () => {
    const two = REGISTRY.replace('| 4200', '| 4150 | crane-api |\n  | 4200');
    const found = findings(filesOf(two + composeWith(4300, 'winch-web', 4200)));
    const { fixes, message, expected } = found.find(({ rule }) => rule === 'port-mismatch')!;
    expect(expected).toEqual([4100, 4150]);
    expect(fixes.map(({ preferred }) => preferred)).toEqual([false, false]);
    expect(message).toContain('4100 or 4150');
  });

  test('of several inner ports behind a reference none is preferred', () => {
    const found = findings(
      filesOf(`
        --- compose.yaml
        services:
          crane-api:
            image: example/crane
            ports: ["4100:8000", "4101:8001"]
        --- site.conf
        server { listen 80; location / { proxy_pass http://crane-api:9000; } }
      `),
    );
    const { fixes } = found.find(({ rule }) => rule === 'upstream-mismatch')!;
    expect(fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
      ['Use 8000, on which crane-api listens', false],
      ['Use 8001, on which crane-api listens', false],
    ]);
  });
});

describe('a row to register a port', () => {
  const registering = (table: string) => {
    const files = filesOf(
      `--- PORTS.md\n# Port registry\n\n${table}\n${composeWith(4100, 'tide-gauge', 4150).replace(/^ {2}/gm, '').trimStart()}`,
    );
    return findings(files)
      .filter(({ rule }) => rule === 'unregistered-port')
      .flatMap(({ fixes }) => fixes.map(({ edits }) => edits[0]!.newText.trim()));
  };

  test('is not offered for a table with a column of ports for each part', () => {
    const matrix =
      '| Project | Range | Web | API |\n|---|---|---|---|\n| quay | 4200-4209 | 4200 | 4201 |\n| pier | 4210-4219 | 4210 | 4211 |\n';
    expect(registering(matrix)).toEqual([]);
  });

  test('names the compose file where the other rows do', () => {
    const table = '| Service | Port | Compose File |\n|---|---|---|\n| crane-api | 4100 | `compose.yaml` |\n';
    expect(registering(table)).toEqual(['| tide-gauge | 4150 | `compose.yaml` |']);
  });
});
