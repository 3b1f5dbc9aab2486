import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../../server/src/core/analyze.ts';
import { type Group, overviewOf, problemsOf, type Row } from '../../../server/src/core/features/overview.ts';
import type { Place } from '../../../server/src/core/finding.ts';
import type { Index } from '../../../server/src/core/model/index.ts';
import { gapsIn, holds, lastOf, type Ports } from '../../../server/src/core/ports.ts';
import { dedent } from '../../support/fixture.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

function findingsOf(index: Index) {
  return [...index.files()].flatMap(({ path }) => check(path, index));
}

function placeIn(index: Index) {
  return ({ path, span }: Place) => `${path}:${index.file(path)!.lines.position(span.start).line + 1}`;
}

const text = ({ port, endPort }: Ports) => (endPort === undefined ? `${port}` : `${port}-${endPort}`);

function drawRow({ owner, role, side, inside, scope, status, instead, note, at, uses, ...ports }: Row<string>): string {
  const words = [text(ports), inside === undefined ? '' : `→ ${inside}`, owner, status ?? role];
  if (side === 'container') words.push('inside');
  if (instead !== undefined) words.push(`instead=${instead}`);
  if (scope !== undefined) words.push(`(${scope})`);
  if (note !== undefined) words.push(`“${note}”`);
  return `  ${words.filter(Boolean).join(' ')}  [${[at, ...uses].join(' ')}]`;
}

function drawGroup({ title, block, scope, rows, free }: Group<string>): string[] {
  const head = [block ? text(block) : '', title, scope === undefined ? '' : `(${scope})`].filter(Boolean).join(' ');
  return [head, ...rows.map(drawRow), ...(free.length > 0 ? [`  free ${free.map(text).join(' ')}`] : [])];
}

/** Draws the overview of one registry as an indented text, and expects this one. */
function shows(files: string, registry: string, picture: string): void {
  const index = indexOf(filesOf(files));
  const overview = overviewOf(index.file(registry)!, index, findingsOf(index), placeIn(index))!;
  const unregistered = overview.unregistered.map(
    ({ port, service, at }) => `not registered ${port} ${service}  [${at}]`,
  );
  expect([...overview.groups.flatMap(drawGroup), ...unregistered].join('\n') + '\n').toBe(dedent(picture));
}

test('blocks with their services, what became of them, and the gaps between', () => {
  shows(
    `
      --- docs/PORTS.md
      # Ports

      ## Quays (3100-3109)

      | Service | Host port | Container port |
      | --- | --- | --- |
      | berth-planner | 3101 | 8000 |
      | tide-watch | 3102 | 8000 |
      | gate-kiosk | 3104 | 8000 |
      | stowage-viewer | 3104 | 8000 |
      | reefer-monitor | 3105 | 8000 |
      | ice-watch | 3106 | 8000 |
      | weighbridge | 3250 | 8000 |
      --- compose.yaml
      services:
        berth-planner:
          ports: ["3101:8000"]
        tide-watch:
          ports: ["3103:8000"]
        tug-dispatch:
          image: example/tug-dispatch
          ports: ["3105:8000"]
        pilot-roster:
          ports: ["3108:9000"]
    `,
    'docs/PORTS.md',
    `
      3100-3109 Quays
        3101 → 8000 berth-planner ok  [docs/PORTS.md:7 compose.yaml:3 compose.yaml:3]
        3102 → 8000 tide-watch mismatch instead=3103  [docs/PORTS.md:8 compose.yaml:5]
        3104 → 8000 gate-kiosk clash  [docs/PORTS.md:9]
        3104 → 8000 stowage-viewer clash  [docs/PORTS.md:10]
        3105 → 8000 reefer-monitor clash  [docs/PORTS.md:11 compose.yaml:8]
        3106 → 8000 ice-watch unused  [docs/PORTS.md:12]
        free 3100 3107 3109
      Quays
        3250 → 8000 weighbridge clash  [docs/PORTS.md:13]
      not registered 3108 pilot-roster  [compose.yaml:10]
    `,
  );
});

test('roles other than assignments, ports inside containers, and a registry that governs nothing', () => {
  shows(
    `
      --- PORTS.md
      # Ports

      ## Inside

      | Service | Container port |
      | --- | --- |
      | lantern | 8080 |

      ## Reserved

      | Port | Service |
      | --- | --- |
      | 7000-7009 | ice-watch |

      ## Forbidden ports

      | Port | Reason |
      | --- | --- |
      | 5000 | Taken on the quay Macs |
    `,
    'PORTS.md',
    `
      Inside
        8080 lantern unknown inside  [PORTS.md:7]
      Reserved
        7000-7009 ice-watch reserved  [PORTS.md:13]
      Forbidden ports
        5000 Taken on the quay Macs forbidden  [PORTS.md:19]
    `,
  );
});

test('a block within a block takes its ports', () => {
  shows(
    `
      --- PORTS.md
      # Ports

      | Block | Group |
      | --- | --- |
      | 4000-4019 | cargo |
      | 4005-4009 | reefer |

      | Service | Port |
      | --- | --- |
      | reefer-api | 4006 |
      | cargo-api | 4010 |
    `,
    'PORTS.md',
    `
      4000-4019 cargo
        4010 cargo-api unknown  [PORTS.md:11]
        free 4000-4004 4011-4019
      4005-4009 reefer
        4006 reefer-api unknown  [PORTS.md:10]
        free 4005 4007-4009
    `,
  );
});

test('a reference is no registry', () => {
  const index = indexOf(filesOf('--- compose.yaml\nservices:\n  a:\n    ports: ["1:1"]\n'));
  expect(overviewOf(index.file('compose.yaml')!, index, [], placeIn(index))).toBeUndefined();
});

test('problems come with the gravest first, then by place', () => {
  const index = indexOf(
    filesOf(`
      --- PORTS.md
      # Ports

      | Service | Host port |
      | --- | --- |
      | lantern | 9006 |
      --- b.compose.yaml
      services:
        lantern:
          ports: ["9007:80"]
      --- a.compose.yaml
      services:
        other:
          ports: ["9008:80"]
        lantern:
          ports: ["9009:80"]
    `),
  );
  const problems = problemsOf(findingsOf(index), placeIn(index));
  expect(problems.map(({ severity, rule, port, at }) => `${severity} ${rule} ${port} ${at}`)).toEqual([
    'error port-mismatch 9009 a.compose.yaml:5',
    'error port-mismatch 9007 b.compose.yaml:3',
    'information unregistered-port 9008 a.compose.yaml:3',
  ]);
});

const ports = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.option(fc.integer({ min: 0, max: 9 })))
  .map(([port, length]): Ports => (length === null ? { port } : { port, endPort: port + length }));

test('gaps and what is taken make up the range, and do not overlap', () => {
  fc.assert(
    fc.property(fc.array(ports), (taken) => {
      const range = { port: 10, endPort: 50 };
      const gaps = gapsIn(range, taken);
      for (let port = 1; port <= 60; port++) {
        const isFree = holds(range, { port }) && !taken.some((one) => holds(one, { port }));
        expect(gaps.filter((gap) => holds(gap, { port }))).toHaveLength(isFree ? 1 : 0);
      }
      for (const gap of gaps) expect(lastOf(gap)).toBeGreaterThanOrEqual(gap.port);
    }),
  );
});
