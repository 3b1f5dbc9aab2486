import { portsText } from '../../ports/words.ts';
import type { Atlas, Chart, Message } from '../chart.ts';
import { canZoom, linesOf, type Stretch } from '../layout.ts';
import { type Drawing, draw, type Spot } from './drawing.ts';
import { button, html } from './element.ts';
import { selfContained } from './export.ts';

/** What survives while the page is hidden, and when the window is loaded again. */
interface State {
  readonly chart?: string;
  /** The stretches that were zoomed into, outermost first. */
  readonly path: readonly Stretch[];
  readonly isTable: boolean;
}

declare function acquireVsCodeApi(): {
  getState(): State | undefined;
  setState(state: State): void;
  postMessage(message: Message): void;
};

/** The page of the port map. It draws what the extension sends, and remembers where somebody looks. */
class Page {
  readonly #editor = acquireVsCodeApi();
  #state: State = this.#editor.getState() ?? { path: [], isTable: false };
  #atlas: Atlas | undefined;
  #drawing: Drawing | undefined;
  /** The line and the place in it where the keyboard is. */
  #at: readonly [line: number, spot: number] = [0, 0];
  readonly #bar = html('div', { role: 'toolbar', class: 'bar' });
  readonly #body = html('main');
  readonly #details = html('p', { class: 'details', 'aria-live': 'off' });

  start(): void {
    document.body.append(this.#bar, this.#body, this.#details);
    window.addEventListener('message', ({ data }: MessageEvent<Atlas>) => {
      this.#atlas = data;
      this.#show();
    });
    new ResizeObserver(() => this.#show()).observe(this.#body);
    this.#body.addEventListener('keydown', (event) => this.#key(event));
    this.#body.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.#editor.postMessage({ type: 'ready' });
  }

  get #chart(): Chart | undefined {
    const charts = this.#atlas?.charts ?? [];
    return charts.find(({ id }) => id === this.#state.chart) ?? charts[0];
  }

  #change(state: Partial<State>): void {
    this.#state = { ...this.#state, ...state };
    this.#editor.setState(this.#state);
    this.#show();
  }

  #show(): void {
    const { words } = this.#atlas ?? {};
    if (!words) return;
    const hadFocus = this.#body.contains(document.activeElement);
    const chart = this.#chart;
    this.#drawing = undefined;
    this.#bar.replaceChildren(...(chart ? this.#tools(chart, words) : []));
    this.#details.textContent = chart ? words.hint : '';
    if (!chart) this.#body.replaceChildren(html('p', { class: 'empty' }, words.empty));
    else if (this.#state.isTable) this.#body.replaceChildren(this.#table(chart, words));
    else this.#showMap(chart, words, hadFocus);
  }

  #showMap(chart: Chart, words: Atlas['words'], hadFocus: boolean): void {
    const within = this.#state.path.at(-1);
    this.#drawing = draw(chart, within, this.#body.clientWidth, words);
    this.#body.replaceChildren(this.#drawing.picture);
    for (const [line, spots] of this.#drawing.spots.entries()) {
      for (const [n, spot] of spots.entries()) {
        spot.element.addEventListener('click', () => {
          this.#go(line, n);
          this.#enter(spot);
        });
        spot.element.addEventListener('mouseenter', () => this.#tell(spot));
        spot.element.addEventListener('focus', () => this.#tell(spot));
      }
    }
    this.#go(...this.#at, hadFocus);
  }

  /** Moves the keyboard to a spot; to the nearest one that there is. */
  #go(line: number, spot: number, focus = true): void {
    const { spots } = this.#drawing!;
    const [oldLine, oldSpot] = this.#at;
    spots[oldLine]?.[oldSpot]?.element.setAttribute('tabindex', '-1');
    const row = Math.max(0, Math.min(line, spots.length - 1));
    this.#at = [row, Math.max(0, Math.min(spot, spots[row]!.length - 1))];
    const element = spots[row]![this.#at[1]]!.element;
    element.setAttribute('tabindex', '0');
    if (focus) element.focus();
  }

  #key(event: KeyboardEvent): void {
    if (!this.#drawing || event.altKey || event.ctrlKey || event.metaKey) return;
    const [line, spot] = this.#at;
    const here = this.#drawing.spots[line]![spot]!;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#go(line, spot - 1),
      ArrowRight: () => this.#go(line, spot + 1),
      ArrowUp: () => this.#go(line - 1, this.#across(line - 1)),
      ArrowDown: () => this.#go(line + 1, this.#across(line + 1)),
      Home: () => this.#go(line, 0),
      End: () => this.#go(line, Number.POSITIVE_INFINITY),
      Enter: () => this.#enter(here),
      ' ': () => this.#enter(here),
      '+': () => this.#zoom(here),
      '=': () => this.#zoom(here),
      '-': () => this.#back(),
      Escape: () => this.#back(),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  /** The spot of another line that lies above or below the one where the keyboard is. */
  #across(line: number): number {
    const [from, spot] = this.#at;
    const { spots } = this.#drawing!;
    const x = spots[from]![spot]!.box?.x;
    if (x === undefined) return 0;
    const next = (spots[line] ?? []).findLastIndex(({ box }) => box !== undefined && box.x <= x);
    return Math.max(1, next);
  }

  #wheel(event: WheelEvent): void {
    if (!event.ctrlKey || !this.#drawing) return;
    event.preventDefault();
    if (performance.now() - this.#lastWheel < WHEEL_PAUSE) return;
    this.#lastWheel = performance.now();
    const spot = this.#drawing.spots
      .flat()
      .find(({ element }) => element.parentElement?.contains(event.target as Node));
    if (event.deltaY > 0) this.#back();
    else if (spot) this.#zoom(spot);
  }
  #lastWheel = 0;

  #tell({ box, element }: Spot): void {
    const told = element.getAttribute('aria-label') ?? '';
    this.#details.textContent = box ? told.replaceAll('\n', ' — ') : this.#atlas!.words.hint;
  }

  /** Opens what stands for one place, and looks closer at all else. */
  #enter(spot: Spot): void {
    const [cell, ...others] = spot.box?.cells ?? [];
    const isOne = cell !== undefined && others.every(({ port }) => port === cell.port);
    if (isOne && cell.target) this.#editor.postMessage({ type: 'open', target: cell.target });
    else this.#zoom(spot);
  }

  /** Looks at a line alone; at the piece of it that holds a box, where the line is looked at already. */
  #zoom({ line, box }: Spot): void {
    const { port, endPort, label } = line;
    const within = this.#state.path.at(-1);
    const isShown = within?.port === port && within.endPort === endPort;
    if (!canZoom(line) || isShown) return;
    const first = box?.cells.reduce((least, cell) => Math.min(least, cell.port), endPort) ?? port;
    this.#at = [
      Math.max(
        0,
        linesOf(this.#chart!, line).findIndex((one) => first <= one.endPort),
      ),
      box ? 1 : 0,
    ];
    this.#change({ path: [...this.#state.path, { port, endPort, label }] });
  }

  #back(): void {
    const left = this.#state.path.at(-1);
    if (!left) return;
    const path = this.#state.path.slice(0, -1);
    const lines = linesOf(this.#chart!, path.at(-1));
    this.#at = [
      Math.max(
        0,
        lines.findIndex(({ port, endPort }) => port === left.port && endPort === left.endPort),
      ),
      0,
    ];
    this.#change({ path });
  }

  #tools(chart: Chart, words: Atlas['words']): Node[] {
    const { path, isTable } = this.#state;
    const crumbs = [{ label: words.all, path: [] as State['path'] }].concat(
      path.map((one, n) => ({ label: `${one.label} ${portsText(one)}`.trim(), path: path.slice(0, n + 1) })),
    );
    const trail = crumbs.map((crumb, n) => {
      const current = n === crumbs.length - 1 ? 'location' : undefined;
      return button(crumb.label, () => this.#change({ path: crumb.path }), { class: 'crumb', 'aria-current': current });
    });
    const here = () => this.#drawing && this.#zoom(this.#drawing.spots[this.#at[0]]![this.#at[1]]!);
    const save = () => {
      const background = getComputedStyle(document.body).backgroundColor;
      if (this.#drawing) {
        this.#editor.postMessage({ type: 'save', svg: selfContained(this.#drawing.picture, background) });
      }
    };
    const tools = [
      button('−', () => this.#back(), { 'aria-label': words.zoomOut, title: words.zoomOut }),
      button('+', () => here(), { 'aria-label': words.zoomIn, title: words.zoomIn }),
      button(words.save, save),
    ];
    if (path.length === 0) tools[0]!.disabled = true;
    return [
      ...(this.#atlas!.charts.length > 1 ? [this.#choice(chart, words)] : []),
      html('nav', {}, ...trail),
      ...(isTable ? [] : tools),
      button(isTable ? words.drawing : words.table, () => this.#change({ isTable: !isTable })),
    ];
  }

  #choice(chart: Chart, words: Atlas['words']): HTMLSelectElement {
    const choice = html('select', { 'aria-label': words.registry });
    for (const { id, title } of this.#atlas!.charts) choice.append(html('option', { value: id }, title));
    choice.value = chart.id;
    choice.addEventListener('change', () => this.#change({ chart: choice.value, path: [] }));
    return choice;
  }

  #table(chart: Chart, words: Atlas['words']): HTMLTableElement {
    const { port: first = 0, endPort: last = 65535 } = this.#state.path.at(-1) ?? {};
    const head = [words.port, words.owner, words.state].map((word) => html('th', { scope: 'col' }, word));
    const rows = chart.cells
      .filter(({ port, endPort = port }) => endPort >= first && port <= last)
      .map((cell) => {
        const { target } = cell;
        const ports = portsText(cell);
        const open = () => target && this.#editor.postMessage({ type: 'open', target });
        const port = target ? button(ports, () => open(), { class: 'link' }) : ports;
        return html('tr', {}, html('td', {}, port), html('td', {}, cell.label), html('td', {}, cell.state));
      });
    return html('table', {}, html('thead', {}, html('tr', {}, ...head)), html('tbody', {}, ...rows));
  }
}

/** One turn of the wheel is one step, however many events it sends. */
const WHEEL_PAUSE = 200;

new Page().start();
