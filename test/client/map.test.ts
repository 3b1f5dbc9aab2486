import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atlasOf, type Cell, type Chart } from '../../client/src/map/chart.ts';
import { boxesOf, canZoom, type Line, lettersOf, linesOf, shortened, ticksOf } from '../../client/src/map/layout.ts';
import type { Ports } from '../../server/src/core/ports.ts';
import { english } from '../support/english.ts';

function cell(port: number, label: string, kind: Cell['kind'] = 'taken', endPort?: number): Cell {
  return { port, ...(endPort !== undefined && { endPort }), kind, label, details: label, state: kind };
}

const harbour: Chart = {
  id: 'PORTS.md',
  title: 'PORTS.md',
  bands: [
    { port: 3100, endPort: 3199, label: 'Quays' },
    { port: 3150, endPort: 3159, label: 'Reefer' },
  ],
  cells: [
    cell(80, 'proxy'),
    cell(3101, 'berth-planner'),
    cell(3102, '', 'free', 3199),
    cell(3152, 'reefer-api'),
    cell(3201, 'weighbridge', 'problem'),
    cell(3202, 'gate'),
  ],
};

const drawLine = ({ port, endPort, label, cells }: Line) =>
  `${port}-${endPort} ${label}: ${cells.map((one) => (one.label || 'free') + (one.endPort ? ` ${one.port}-${one.endPort}` : '')).join(', ')}`;

describe('lines', () => {
  test('all ports, then each block, and the hundreds in which there is something else', () => {
    expect(linesOf(harbour).map(drawLine)).toEqual([
      '1-65535 : proxy, berth-planner, free 3102-3199, reefer-api, weighbridge, gate',
      '1-99 : proxy',
      '3100-3199 Quays: berth-planner, free 3102-3199, reefer-api',
      '3150-3159 Reefer: free 3150-3159, reefer-api',
      '3200-3299 : weighbridge, gate',
    ]);
  });

  test('a stretch is cut at round numbers, down to ten ports', () => {
    const cut = (port: number, endPort: number) =>
      linesOf({ ...harbour, cells: [] }, { port, endPort }).map((one) => `${one.port}-${one.endPort}`);
    expect(cut(1, 65535)).toEqual([
      '1-9999',
      '10000-19999',
      '20000-29999',
      '30000-39999',
      '40000-49999',
      '50000-59999',
      '60000-65535',
    ]);
    expect(cut(3100, 3199)).toHaveLength(10);
    expect(cut(3195, 3215)).toEqual(['3195-3199', '3200-3209', '3210-3215']);
    expect(cut(3100, 3109)).toEqual(['3100-3109']);
    expect(canZoom({ port: 3100, endPort: 3109 })).toBe(false);
    expect(canZoom({ port: 3100, endPort: 3110 })).toBe(true);
  });

  test('what lies beside a block is shown without what the block covers', () => {
    const chart = { ...harbour, bands: [{ port: 3100, endPort: 3149, label: 'Quays' }], cells: [cell(3160, 'tug')] };
    expect(linesOf(chart).map(drawLine)).toEqual(['1-65535 : tug', '3100-3149 Quays: ', '3150-3199 : tug']);
  });

  test('thousands stand for very many blocks', () => {
    const bands = Array.from({ length: 600 }, (_, n) => ({
      port: 1000 + n * 100,
      endPort: 1099 + n * 100,
      label: `${n}`,
    }));
    const cells = bands.map(({ port, label }) => cell(port, label));
    expect(linesOf({ ...harbour, bands, cells })).toHaveLength(61);
  });

  test('every port of a stretch lies in one line, however it is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65535 }), fc.integer({ min: 0, max: 65534 }), (port, size) => {
        const endPort = Math.min(65535, port + size);
        const lines = linesOf({ ...harbour, cells: [] }, { port, endPort });
        expect(lines[0]!.port).toBe(port);
        expect(lines.at(-1)!.endPort).toBe(endPort);
        for (const [n, line] of lines.slice(1).entries()) expect(line.port).toBe(lines[n]!.endPort + 1);
        expect(lines.length).toBeLessThanOrEqual(11);
      }),
    );
  });
});

describe('boxes', () => {
  const line = (port: number, endPort: number, ...cells: Cell[]): Line => ({ port, endPort, label: '', cells });

  test('a box is as wide as its ports', () => {
    const boxes = boxesOf(line(3100, 3109, cell(3101, 'a'), cell(3102, 'b', 'reserved', 3104)), 1000);
    expect(boxes.map(({ x, width }) => [x, width])).toEqual([
      [100, 100],
      [200, 300],
    ]);
  });

  test('what cannot be told apart is one box, the most telling first', () => {
    const boxes = boxesOf(line(1, 65535, cell(3101, 'a'), cell(3102, 'b', 'problem'), cell(9000, 'c')), 1000);
    expect(boxes.map(({ cells }) => cells.map(({ label }) => label).join())).toEqual(['b,a', 'c']);
  });

  test('two owners of one port share a box', () => {
    expect(boxesOf(line(3100, 3109, cell(3101, 'a'), cell(3101, 'b')), 1000)).toHaveLength(1);
  });

  const cells = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 65535 }), fc.constantFrom('taken', 'free', 'problem', 'reserved'), fc.nat(300)),
  );

  test('boxes stand in order, within the line, and none is lost but gaps too small to see', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 300, max: 3000 }), (given, width) => {
        const all = given
          .map(([port, kind, length]) => cell(port, 'x', kind as Cell['kind'], Math.min(65535, port + length)))
          .sort((a, b) => a.port - b.port);
        const boxes = boxesOf(line(1, 65535, ...all), width);
        const shown = boxes.flatMap((box) => box.cells).filter(({ kind }) => kind !== 'free');
        expect(shown).toHaveLength(all.filter(({ kind }) => kind !== 'free').length);
        for (const { x, width: own } of boxes) expect(x + Math.max(0, own)).toBeLessThanOrEqual(width + 5);
        for (const [n, { x }] of boxes.slice(1).entries()) expect(x).toBeGreaterThanOrEqual(boxes[n]!.x);
      }),
    );
  });
});

test('ticks are round, in the range and never too near to each other', () => {
  expect(ticksOf({ port: 3100, endPort: 3199 }, 700, 60)).toEqual([
    3100, 3110, 3120, 3130, 3140, 3150, 3160, 3170, 3180, 3190,
  ]);
  expect(ticksOf({ port: 1, endPort: 65535 }, 700, 60)).toEqual([10000, 20000, 30000, 40000, 50000, 60000]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 65000 }),
      fc.integer({ min: 1, max: 535 }),
      fc.integer({ min: 300, max: 2000 }),
      (port, size, width) => {
        const range: Required<Ports> = { port, endPort: port + size };
        const ticks = ticksOf(range, width);
        for (const tick of ticks) expect(tick >= port && tick <= range.endPort).toBe(true);
        const scale = width / (size + 1);
        for (const [n, tick] of ticks.slice(1).entries()) expect((tick - ticks[n]!) * scale).toBeGreaterThanOrEqual(59);
      },
    ),
  );
});

test('an ideograph is as wide as two letters', () => {
  expect(lettersOf('quay 3')).toBe(6);
  expect(lettersOf('端口 3')).toBe(6);
  expect(lettersOf('früher – «ñ»')).toBe(12);
});

test('a text is shortened to what fits', () => {
  expect(shortened('berth-planner', 200, 6)).toBe('berth-planner');
  expect(shortened('berth-planner', 60, 6)).toBe('berth-pla…');
  expect(shortened('berth-planner', 12, 6)).toBe('');
});

test('a map shows services, gaps, what is on a wrong port on both, and what nobody registered', () => {
  const row = { role: 'assignment', side: 'host', at: [0, 1, 2, 6], uses: [] } as const;
  const answer = {
    files: ['file:///w/docs/PORTS.md', 'file:///w/compose.yaml'],
    problems: [],
    registries: [
      {
        at: [0, 0, 0, 0] as const,
        groups: [
          {
            ...{ title: 'Quays', block: { port: 3100, endPort: 3109 }, free: [{ port: 3105, endPort: 3109 }] },
            rows: [
              { ...row, port: 3101, owner: 'berth-planner', status: 'ok' as const },
              {
                ...row,
                port: 3102,
                owner: 'tide-watch',
                status: 'mismatch' as const,
                instead: 4102,
                uses: [[1, 4, 9, 13] as const],
              },
              { ...row, port: 8000, owner: 'inside', side: 'container' as const },
            ],
          },
          {
            title: 'Reserved',
            free: [],
            rows: [{ ...row, port: 7000, endPort: 7009, owner: 'later', role: 'reserved' as const }],
          },
        ],
        unregistered: [
          {
            ...{ rule: 'unregistered-port', severity: 'information' as const, message: 'tug publishes 3104.' },
            ...{ port: 3104, service: 'tug', at: [1, 9, 9, 13] as const },
          },
        ],
      },
    ],
  };
  const [chart] = atlasOf(answer, english).charts;
  expect(chart).toMatchObject({
    title: 'docs/PORTS.md',
    bands: [{ label: 'Quays' }, { port: 7000, endPort: 7009, label: 'later' }],
  });
  expect(
    chart!.cells.map(({ port, kind, label, target }) => `${port} ${kind} ${label} ${target?.line ?? ''}`.trim()),
  ).toEqual([
    '3101 taken berth-planner 1',
    '3102 problem tide-watch 1',
    '3104 unregistered tug 9',
    '3105 free',
    '4102 problem tide-watch 4',
    '7000 reserved later 1',
  ]);
});
