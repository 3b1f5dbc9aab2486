import { portsText } from '../../ports/words.ts';
import { type Atlas, type Cell, type Chart, type Kind, kinds } from '../chart.ts';
import {
  type Box,
  boxesOf,
  canZoom,
  type Line,
  lettersOf,
  linesOf,
  type Stretch,
  shortened,
  ticksOf,
} from '../layout.ts';
import { svg } from './element.ts';

/** Sizes in pixels. */
const LABELS = 190;
const MARGIN = 16;
const BAR = 40;
const PITCH = 74;
const NARROWEST_MAP = 420;

/** What an element of the map stands for: a line's label or one of its boxes. */
export interface Spot {
  readonly line: Line;
  readonly box?: Box;
  readonly element: SVGGElement;
}

/** A picture of the ports: the element and its spots, line by line. */
export interface Drawing {
  readonly picture: SVGSVGElement;
  /** The label first. */
  readonly spots: readonly (readonly Spot[])[];
}

/**
 * Draws a map. It is a grid for screen readers: each line a row, whose header is its label.
 * @param within the stretch that is looked at; all ports without it
 */
export function draw(chart: Chart, within: Stretch | undefined, wanted: number, words: Atlas['words']): Drawing {
  const width = Math.max(NARROWEST_MAP, wanted);
  const lines = linesOf(chart, within);
  const height = lines.length * PITCH + MARGIN + LEGEND;
  const drawn = lines.map((line, n) => drawLine(line, n * PITCH + MARGIN, width, words));
  const picture = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'grid', 'aria-label': `${words.title}, ${chart.title}` },
    patterns(),
    ...drawn.map(({ row }) => row),
    legend(height - LEGEND + 18, width, words),
  );
  return { picture, spots: drawn.map(({ spots }) => spots) };
}

function drawLine(line: Line, y: number, width: number, words: Atlas['words']): { row: SVGGElement; spots: Spot[] } {
  const bar = width - LABELS - 2 * MARGIN;
  const left = LABELS + MARGIN;
  const label = drawLabel(line, y, words);
  const track = svg('rect', { class: 'track', x: left, y, width: bar, height: BAR, rx: 3, 'aria-hidden': 'true' });
  const boxes = boxesOf(line, bar)
    .filter((box) => box.width > 0)
    .map((box, n, all) => {
      const room = (all[n + 1]?.x ?? bar) - box.x - box.width;
      return { line, box, element: drawBox(box, left, y, words, room) };
    });
  const spots = [{ line, element: label }, ...boxes];
  const row = svg(
    'g',
    { role: 'row', 'aria-label': `${line.label} ${portsText(line)}`.trim() },
    label,
    track,
    drawTicks(line, left, y, bar),
    ...boxes.map(({ element }) => element),
  );
  return { row, spots };
}

function drawLabel(line: Line, y: number, words: Atlas['words']): SVGGElement {
  const isAll = line.label === '' && line.endPort === 65535 && line.port === 1;
  const name = line.label || (isAll ? words.all : portsText(line));
  const entries = line.cells.filter(({ kind }) => kind !== 'free').length;
  const count = entries === 1 ? words.one : words.many.replace('{0}', String(entries));
  const below = [line.label === '' && !isAll ? '' : portsText(line), count].filter(Boolean).join(' · ');
  return svg(
    'g',
    {
      class: canZoom(line) ? 'label zooms' : 'label',
      role: 'rowheader',
      tabindex: -1,
      'aria-label': `${name}, ${below}`,
    },
    svg('title', {}, `${name} · ${below}`),
    svg('rect', { class: 'hit', x: MARGIN - 6, y: y - 2, width: LABELS - 4, height: BAR + 4, rx: 3 }),
    svg('text', { class: 'name', x: MARGIN, y: y + 17 }, shortened(name, LABELS - 12, 8)),
    svg('text', { class: 'range', x: MARGIN, y: y + 33 }, below),
  );
}

function drawTicks(line: Line, left: number, y: number, width: number): SVGGElement {
  const scale = width / (line.endPort - line.port + 1);
  const group = svg('g', { class: 'ticks', 'aria-hidden': 'true' });
  // Where each port has room for its own number, it stands in the box.
  const isDetailed = scale >= WIDE;
  for (const tick of ticksOf(line, width)) {
    const x = left + (tick - line.port + (isDetailed ? 0.5 : 0)) * scale;
    if (!isDetailed) group.append(svg('line', { x1: x, x2: x, y1: y + BAR, y2: y + BAR + 4 }));
    group.append(svg('text', { x, y: y + BAR + 16, 'text-anchor': 'middle' }, String(tick)));
  }
  return group;
}

/** From this width on a box tells its port, and from the other one on its owner as well. */
const READABLE = 36;
const WIDE = 56;
/** How wide a letter is, about: the picture must not depend on what a machine has for fonts. */
const REGULAR = 6.3;
const BOLD = 7.3;

/** @param room the pixels up to the next box */
function drawBox({ x, width, cells }: Box, left: number, y: number, words: Atlas['words'], room: number): SVGGElement {
  const first = cells[0]!;
  const told = describe(cells, words);
  const at = { x: left + x + 0.75, y: y + 0.75, width: Math.max(1, width - 1.5), height: BAR - 1.5, rx: 2 };
  const middle = left + x + width / 2;
  const group = svg(
    'g',
    {
      class: `box ${first.kind}${width < READABLE ? ' small' : ''}`,
      role: 'gridcell',
      tabindex: -1,
      'aria-label': told,
    },
    svg('title', {}, told),
    svg('rect', { class: 'fill', ...at }),
    svg('rect', { class: 'texture', ...at, fill: `url(#${first.kind})` }),
  );
  if (width >= READABLE) group.append(...inside(cells, middle, y, width, words));
  else group.append(...beside(cells, left + x, y, width, room));
  return group;
}

/** The port and its owner, in the box. */
function inside(cells: readonly Cell[], middle: number, y: number, width: number, words: Atlas['words']): Node[] {
  const [first] = cells;
  const owner = first!.kind === 'free' ? words.kinds.free : cells.map(({ label }) => label).join(' / ');
  const name = width >= WIDE ? shortened(owner, width - 8, REGULAR) : '';
  const port = shortened(portsText(first!), width - 4, BOLD);
  const centred = { x: middle, 'text-anchor': 'middle' };
  return [
    svg('text', { class: 'port', ...centred, y: y + (name ? 17 : 25) }, port),
    svg('text', { class: 'owner', ...centred, y: y + 32 }, name),
  ];
}

/** A sign over a small box that needs a look, and its port and owner beside it where there is room. */
function beside(cells: readonly Cell[], x: number, y: number, width: number, room: number): Node[] {
  const [{ kind, label } = { kind: 'free', label: '' } as const, second] = cells;
  const mark = kind === 'problem' ? '!' : kind === 'unregistered' ? '?' : '';
  const name = second ? '' : label;
  const port = second ? '' : portsText(cells[0]!);
  const hasRoom = Math.max(name.length * REGULAR, port.length * BOLD) + 12 <= room;
  const after = { x: x + width + 6 };
  return [
    svg('text', { class: 'mark', x: x + width / 2, y: y - 3, 'text-anchor': 'middle' }, mark),
    ...(hasRoom ? [svg('text', { class: 'port', ...after, y: y + 17 }, port)] : []),
    ...(hasRoom ? [svg('text', { class: 'owner', ...after, y: y + 32 }, name)] : []),
  ];
}

/** The cells of a box in words; of many only how many there are. */
function describe(cells: readonly Cell[], words: Atlas['words']): string {
  if (cells.length <= 4) return cells.map(({ details }) => details).join('\n');
  const ports = cells.map(({ port }) => port);
  const counts = kinds
    .map((kind) => ({ kind, count: cells.filter((cell) => cell.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${words.kinds[kind]}: ${count}`);
  return `${Math.min(...ports)}–${Math.max(...ports)} · ${counts.join(', ')}`;
}

const LEGEND = 56;

/** All kinds in a row, or in two where one is too narrow. */
function legend(top: number, width: number, words: Atlas['words']): SVGGElement {
  const group = svg('g', { class: 'legend', 'aria-hidden': 'true' });
  let [x, y] = [MARGIN, top];
  for (const kind of [
    'taken',
    'unused',
    'problem',
    'unregistered',
    'reserved',
    'forbidden',
    'former',
    'free',
  ] as const) {
    const room = 27 + lettersOf(words.kinds[kind]) * REGULAR;
    if (x + room > width - MARGIN) [x, y] = [MARGIN, y + 20];
    const at = { x: x + 0.75, y: y - 10, width: 20, height: 12, rx: 2 };
    const box = svg('g', { class: `box ${kind}` }, svg('rect', { class: 'fill', ...at }));
    box.append(svg('rect', { class: 'texture', ...at, fill: `url(#${kind})` }));
    group.append(box, svg('text', { x: x + 27, y }, words.kinds[kind]));
    x += room + 20;
  }
  return group;
}

/** Each kind has a texture, so that nobody needs colours to tell them apart. */
function patterns(): SVGDefsElement {
  const textures: Partial<Record<Kind, string>> = {
    problem: 'M-1,1 l2,-2 M0,8 l8,-8 M7,9 l2,-2',
    unregistered: 'M2,2 h1.5 M6,6 h1.5',
    reserved: 'M-1,7 l2,2 M0,0 l8,8 M7,-1 l2,2',
    forbidden: 'M0,8 l8,-8 M0,0 l8,8',
  };
  return svg(
    'defs',
    {},
    ...kinds.map((kind) =>
      svg(
        'pattern',
        { id: kind, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
        ...(textures[kind] ? [svg('path', { class: `thread ${kind}`, d: textures[kind] })] : []),
      ),
    ),
  );
}
