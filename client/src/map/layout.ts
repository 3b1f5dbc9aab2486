import { gapsIn, holds, lastOf, type Ports } from '../../../server/src/core/ports.ts';
import { type Band, type Cell, type Chart, kinds } from './chart.ts';

/** A stretch of ports that is drawn as one line. */
export interface Stretch extends Required<Ports> {
  /** Of a block; else empty. */
  readonly label: string;
}

/** A stretch with what lies in it. */
export interface Line extends Stretch {
  readonly cells: readonly Cell[];
}

/** A cell with its place on a line, in pixels from the line's beginning. */
export interface Box {
  readonly x: number;
  readonly width: number;
  /** More than one where they are too small to be told apart. */
  readonly cells: readonly Cell[];
}

const ALL: Required<Ports> = { port: 1, endPort: 65535 };
/** What is no longer than this is not cut into smaller lines. */
const SHORTEST = 10;
/** With more lines than this the map would be no map: thousands are shown instead of hundreds, and no blocks. */
const MOST_LINES = 120;

/** The lines of a map: of all ports, or of a stretch of them that somebody looks at closely. */
export function linesOf(chart: Chart, within?: Required<Ports>): Line[] {
  const stretches = within ? pieces(within) : [{ ...ALL, label: '' }, ...wholeBands(chart)];
  return stretches.map((stretch) => ({ ...stretch, cells: cellsIn(chart.cells, stretch) }));
}

/** Whether there is more to see of a stretch when it is looked at alone. */
export function canZoom({ port, endPort }: Required<Ports>): boolean {
  return endPort - port >= SHORTEST;
}

/** A stretch in lines that begin at round numbers: never more than ten of them, and none shorter than ten ports. */
function pieces(range: Required<Ports>): Stretch[] {
  const size = range.endPort - range.port + 1;
  const step = Math.max(SHORTEST, 10 ** (Math.ceil(Math.log10(size)) - 1));
  const lines: Stretch[] = [];
  for (let port = range.port; port <= range.endPort; port = (Math.floor(port / step) + 1) * step) {
    const endPort = Math.min(range.endPort, (Math.floor(port / step) + 1) * step - 1);
    lines.push({ port, endPort, label: '' });
  }
  return lines;
}

/** The blocks, and between them the hundreds in which there is something. */
function wholeBands({ bands, cells }: Chart): Stretch[] {
  const blocks = bands.map((band) => ({ ...band, endPort: lastOf(band) }));
  for (const step of [100, 1000]) {
    const between = strays(cells, bands, step);
    const lines = [...blocks, ...between].sort((a, b) => a.port - b.port || b.endPort - a.endPort);
    if (lines.length <= MOST_LINES) return lines;
  }
  return strays(cells, [], 1000);
}

/** The hundreds (or thousands) with cells outside of all bands, as far as they are outside. */
function strays(cells: readonly Cell[], bands: readonly Band[], step: number): Stretch[] {
  const covered = gapsIn(ALL, gapsIn(ALL, bands)).map((one) => ({ port: one.port, endPort: lastOf(one) }));
  const lines = new Map<number, Stretch>();
  let next = 0;
  for (const { port } of cells) {
    while (next < covered.length && covered[next]!.endPort < port) next++;
    if (next < covered.length && covered[next]!.port <= port) continue;
    const first = Math.floor(port / step) * step;
    const hundred = { port: Math.max(1, first), endPort: Math.min(ALL.endPort, first + step - 1) };
    const stretch = gapsIn(hundred, covered).find((gap) => holds(gap, { port })) ?? hundred;
    lines.set(stretch.port, { port: stretch.port, endPort: lastOf(stretch), label: '' });
  }
  return [...lines.values()];
}

/** The cells that lie in a stretch or reach into it, cut to it. */
function cellsIn(cells: readonly Cell[], { port, endPort }: Required<Ports>): Cell[] {
  return cells.flatMap((cell) => {
    if (lastOf(cell) < port || cell.port > endPort) return [];
    if (cell.endPort === undefined) return [cell];
    return [{ ...cell, port: Math.max(port, cell.port), endPort: Math.min(endPort, cell.endPort) }];
  });
}

/** What is narrower than this cannot be seen or pointed at. */
const NARROWEST = 5;

/** Places the cells of a line that is so many pixels wide. Those that would lie on each other become one box. */
export function boxesOf({ port: first, endPort: last, cells }: Line, width: number): Box[] {
  const scale = width / (last - first + 1);
  const boxes: { x: number; end: number; cells: Cell[] }[] = [];
  for (const cell of cells) {
    const x = (cell.port - first) * scale;
    const end = (lastOf(cell) + 1 - first) * scale;
    // A gap too small to be seen is left out, so that it hides nothing.
    if (cell.kind === 'free' && end - x < NARROWEST) continue;
    const wide = Math.max(end, x + NARROWEST);
    const before = boxes.at(-1);
    const isFree = cell.kind === 'free' || before?.cells[0]?.kind === 'free';
    if (before && x < before.end - EPSILON && !isFree) {
      before.end = Math.max(before.end, wide);
      before.cells.push(cell);
    } else boxes.push({ x: before ? Math.max(x, before.end) : x, end: wide, cells: [cell] });
  }
  return boxes.map(({ x, end, cells: own }) => ({ x, width: Math.min(end, width) - x, cells: own.sort(byKind) }));
}

const EPSILON = 0.01;

function byKind(a: Cell, b: Cell): number {
  return kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.port - b.port;
}

/** Round ports to write under a line, none nearer to the next than so many pixels. */
export function ticksOf({ port, endPort }: Required<Ports>, width: number, apart = 60): number[] {
  const least = ((endPort - port + 1) * apart) / width;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= least) ?? 10 * power;
  const ticks: number[] = [];
  for (let tick = Math.ceil(port / step) * step; tick <= endPort; tick += step) ticks.push(tick);
  return ticks;
}

/** How many letters a text is long. An ideograph is as wide as two. */
export function lettersOf(text: string): number {
  return text.length + (text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uff60]/g)?.length ?? 0);
}

/** As much of a text as fits into so many pixels. */
export function shortened(text: string, width: number, perLetter: number): string {
  const letters = Math.floor(width / perLetter);
  return text.length <= letters ? text : letters < 4 ? '' : `${text.slice(0, letters - 1)}…`;
}
