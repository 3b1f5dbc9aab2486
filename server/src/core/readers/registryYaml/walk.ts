import type { Form, Side } from '../../facts.ts';
import { isPort, type PortText } from '../../notation/portText.ts';
import { valueWords, wholeWords } from '../../vocabulary/keys.ts';
import { isMap, isScalar, isSeq, type YamlDocument, type YamlNode, type YamlScalar } from '../../yaml.ts';
import { Collector, joinOwners } from './collector.ts';
import {
  type Context,
  describe,
  type Legend,
  nameOf,
  nameOfItem,
  ownName,
  readAddresses,
  readFields,
} from './context.ts';
import { asRange, contextBelow, grouped, type Item, inEnvironment } from './descend.ts';
import { endsInMeasure, isRoleKey, type KeyMeaning, keyMeaning, keyWords, letsThrough } from './keyMeaning.ts';
import { recurringKeys } from './recurring.ts';
import { haveBothSides, type SideBySiblings, sideOfKey, sidesBySiblings } from './siblings.ts';
import { isBlock, isPlausible, readPorts } from './values.ts';

/** Longer keys name nothing. */
const MAX_KEY = 200;

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A comment line that heads the entries below it: `# --- Databases ---`, `# Databases`. */
const DECORATION = /[-=*#─—\s]/;
const TITLE = /^[^\d.,:;=()]{2,40}$/;

function groupIn(comment: string | undefined): string | undefined {
  const lines = (comment ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\p{L}/u.test(line));
  const framed = lines.map(decorated).findLast((title) => title !== undefined);
  return framed ?? (lines.length === 1 && TITLE.test(lines[0]!) ? lines[0] : undefined);
}

/** What stands between two or more signs on both sides. */
function decorated(line: string): string | undefined {
  let [from, to] = [0, line.length];
  while (from < to && DECORATION.test(line[from]!)) from++;
  while (to > from && DECORATION.test(line[to - 1]!)) to--;
  return from >= 2 && line.length - to >= 2 && from < to ? line.slice(from, to) : undefined;
}

/** Finds the claims of one YAML document. */
export function findClaims(document: YamlDocument, form: Form, legend: Legend): Pick<Collector, 'claims' | 'problems'> {
  const collector = new Collector(form);
  new Walk(document, legend, collector).node(document.root, { role: 'assignment', scope: {}, section: [], about: {} });
  return collector;
}

/** What the entries of one map have to know of each other. */
interface MapView {
  readonly context: Context;
  /** The map is about one service, so that keys that say nothing about ports are fields of it. */
  readonly isEntry: boolean;
  /** Bare numbers are ports of the service around them, and their keys say what for. */
  readonly bareAreRoles: boolean;
  /** Bare numbers under the names of environments are ports in these environments. */
  readonly bareAreEnvironments: boolean;
  /** There is a port key that a `base_port` only repeats. */
  readonly hasPlainPort: boolean;
  readonly sideOf: SideBySiblings;
  /** Most numbers under keys that say nothing of ports can be none, so that the others tell the like. */
  readonly isMeasured: boolean;
}

class Walk {
  readonly #document: YamlDocument;
  readonly #legend: Legend;
  readonly #found: Collector;
  #recurring: ReadonlySet<string> | undefined;

  constructor(document: YamlDocument, legend: Legend, found: Collector) {
    this.#document = document;
    this.#legend = legend;
    this.#found = found;
  }

  /** A map or a list, at the top or below a key. */
  node(node: YamlNode | undefined, context: Context): void {
    if (isMap(node)) this.#map(node, context);
    else for (const item of this.#document.items(node)) this.#listItem(item, context);
  }

  #listItem(node: YamlNode, outer: Context): void {
    if (isMap(node)) {
      this.#unnamedEntry(node, outer);
      return;
    }
    const scalar = this.#document.scalar(node);
    if (scalar && (outer.owner || outer.listed || outer.role !== 'assignment')) this.#found.read(scalar, outer);
  }

  /** One map of a list, or below a port as key: its name is one of its fields. */
  #unnamedEntry(node: YamlNode, outer: Context, key?: YamlScalar): void {
    const entries = this.#document.entries(node);
    const fields = readFields(this.#document, entries);
    const name = outer.owner ? ownName(fields) : nameOfItem(fields);
    const owner = name ? joinOwners(outer.owner, name) : outer.owner;
    if (key) {
      const isHost = entries.some((entry) => sideOfKey(entry.key) === 'container');
      const context = describe({ ...outer, about: {} }, fields, true);
      this.#found.read(key, isRange(key) ? asRange(context) : context, { side: isHost ? 'host' : undefined, owner });
    }
    this.#map(node, { ...outer, ...(owner && { owner }), about: outer.owner ? outer.about : {} }, true);
  }

  #map(node: YamlNode, outer: Context, isItem = false): void {
    const entries = this.#document.entries(node).filter(({ key }) => key.length < MAX_KEY);
    const items: Item[] = entries.map((entry) => ({ ...entry, means: keyMeaning(entry.key) }));
    const whole = this.#view(items, outer, isItem);
    this.#bounds(items, whole.context);
    let view = whole;
    for (const item of items) {
      const { means, value } = item;
      const group = groupIn(item.comment);
      if (group !== undefined) {
        const section = [...whole.context.section, group];
        view = { ...whole, context: { ...whole.context, section } };
      }
      if (isMap(value)) this.#mapUnder(item, value, view);
      else if (isSeq(value)) this.#listUnder(item, value, view);
      else if (isScalar(value) && means.is !== 'foreign') this.#scalarUnder(item, view);
    }
  }

  #view(items: readonly Item[], outer: Context, isItem: boolean): MapView {
    const fields = readFields(this.#document, items);
    const hasPort =
      items.some(({ means, value }) => (means.is === 'port' || means.is === 'mapping') && !isMap(value)) ||
      haveBothSides(this.#document, items);
    const bare = items.filter(({ means, value }) => {
      return (means.is === 'name' || means.is === 'environment') && isPort(Number(this.#document.scalar(value)?.value));
    });
    const areRoles = bare.every(({ key, means }) => isRoleKey(key) || means.is === 'environment' || sideOfKey(key));
    const isOwned = hasPort || (isItem && bare.length > 0 && areRoles);
    const owner = outer.owner ?? (isOwned ? nameOf(fields) : undefined);
    const context = owner || hasPort ? describe(outer, fields, isItem) : outer;
    const addresses = owner ? readAddresses(this.#document, items) : [];
    const keysAreRoles = outer.roles || areRoles || (owner !== undefined && this.#mostRecur(bare));
    return {
      context: {
        ...context,
        ...(owner && { owner }),
        about: { ...context.about, ...(addresses.length > 0 && { addresses }) },
      },
      isEntry: (isOwned && owner !== undefined) || (isItem && (hasPort || ownName(fields) !== undefined)),
      bareAreRoles: owner !== undefined && outer.below !== 'services' && keysAreRoles,
      bareAreEnvironments: owner !== undefined || bare.every(({ means }) => means.is === 'environment'),
      hasPlainPort: items.some(({ means }) => means.is === 'port' && !means.fallback && !means.former && !means.name),
      sideOf: sidesBySiblings(this.#document, items),
      isMeasured: this.#isMeasured(items),
    };
  }

  /** Whether most of these keys name a port in other maps as well, so that they name the parts of a service here. */
  #mostRecur(bare: readonly Item[]): boolean {
    if (bare.length < 2) return false;
    this.#recurring ??= recurringKeys(this.#document);
    const recurring = this.#recurring;
    return bare.filter(({ key }) => recurring.has(keyWords(key).join(' '))).length * 2 >= bare.length;
  }

  #isMeasured(items: readonly Item[]): boolean {
    let [ports, others] = [0, 0];
    for (const { means, key, value } of items) {
      const scalar = means.is === 'name' && !endsInMeasure(key) ? this.#document.scalar(value) : undefined;
      if (!scalar || !NUMBER.test(scalar.value)) continue;
      if (!Number.isInteger(Number(scalar.value)) || Number(scalar.value) < 0) return true;
      if (isPlausible(readPorts(scalar))) ports++;
      else others++;
    }
    return others > ports;
  }

  #scalarUnder(item: Item, view: MapView): void {
    const scalar = this.#document.scalar(item.value);
    const { means } = item;
    const { context } = view;
    if (!scalar) return;
    if (means.is === 'port') this.#portUnder(item, means, scalar, view);
    else if (means.is === 'mapping') this.#found.read(scalar, context, { name: means.name });
    else if (means.is === 'range') this.#found.read(scalar, asRange(context), { name: means.name });
    else if (means.is === 'role') this.#found.read(scalar, { ...context, role: means.role });
    else if (means.is === 'number') this.#numberKey(item, scalar, context);
    else if (means.is === 'start' && context.history) this.#found.read(scalar, { ...context, role: 'former' });
    else if (means.is !== 'end' && means.is !== 'measure' && means.is !== 'start') this.#bare(item, scalar, view);
  }

  #portUnder({ key }: Item, means: KeyMeaning & { is: 'port' }, scalar: YamlScalar, view: MapView): void {
    const { environment, name, former, fallback } = means;
    if (fallback && view.hasPlainPort) return;
    const inside = environment === undefined ? view.context : inEnvironment(view.context, environment);
    const context: Context = former ? { ...inside, role: 'former' } : inside;
    const told = means.side === 'any' ? view.sideOf(name, Number(scalar.value)) : means.side;
    const side = told === 'any' ? this.#legendFor(key) : told;
    this.#found.read(scalar, context.below === 'ranges' ? asRange(context) : context, { side, name });
  }

  /** `8080: nginx`, `3000-3099: frontend`; not `8080: NGINX_PORT`, which names a variable. */
  #numberKey(item: Item, scalar: YamlScalar, context: Context): void {
    if (/^(null|~|[A-Z][A-Z0-9]*_[A-Z0-9_]*)?$/.test(scalar.value)) return;
    const key = keyScalar(item);
    const owner = { name: scalar.value, span: scalar.span };
    this.#found.read(key, isRange(key) ? asRange(context) : context, { owner });
  }

  /** A number under a key that does not say that it is a port. */
  #bare(item: Item, scalar: YamlScalar, { context, ...view }: MapView): void {
    const { key, keySpan, means } = item;
    const value = readPorts(scalar);
    if (!isPlausible(value, context.listed) || (endsInMeasure(key) && !(context.listed && isPlausible(value)))) return;
    const inside = isBlock(value) || context.below === 'ranges' ? asRange(context) : context;
    const phrase = keyWords(key).join(' ');
    const side = this.#legendFor(key);
    const beside = side ?? (context.owner && sideOrNone(view.sideOf(undefined, Number(scalar.value))));
    if (means.is === 'environment' && view.bareAreEnvironments) {
      this.#found.read(scalar, inEnvironment(inside, key), { side: beside });
    } else if (context.owner && (sideOfKey(key) || valueWords.has(phrase))) {
      this.#found.read(scalar, inside, { side: sideOfKey(key) ?? beside });
    } else if (view.isEntry ? isRoleKey(key) : view.bareAreRoles) {
      this.#found.read(scalar, inside, { side, name: phrase });
    } else if (!view.isEntry && (context.listed || !view.isMeasured)) {
      this.#found.read(scalar, grouped(inside), { side, owner: { name: key, span: keySpan } });
    }
  }

  #listUnder(item: Item, list: YamlNode, view: MapView): void {
    const { is } = item.means;
    if (is === 'history') this.node(list, { ...grouped(view.context), history: true });
    if (is === 'foreign' || is === 'history' || is === 'measure' || is === 'number') return;
    if (is === 'port' && letsThrough(item.key)) return;
    const context = contextBelow(this.#document, item, view.context);
    const values = this.#document.items(list);
    const scalars = values.map((value) => this.#document.scalar(value)).filter((scalar) => scalar !== undefined);
    const pair = context.below === 'ranges' && scalars.length === 2 ? twoPorts(scalars) : undefined;
    const saysPorts = (is !== 'name' && is !== 'environment') || values.some(isMap);
    const arePorts = () => scalars.every((scalar) => isPlausible(readPorts(scalar))) && !endsInMeasure(item.key);
    if (pair) this.#found.add(pair, context);
    else if (saysPorts || (arePorts() && (!view.isEntry || isRoleKey(item.key)))) this.node(list, context);
  }

  #mapUnder(item: Item, map: YamlNode, { context }: MapView): void {
    const { is } = item.means;
    if (is === 'foreign' || this.#isVariables(item)) return;
    if (is === 'history') this.#map(map, { ...context, history: true });
    else if (is === 'number') this.#unnamedEntry(map, grouped(context), keyScalar(item));
    else this.#map(map, contextBelow(this.#document, item, context));
  }

  /** `environment: {DB_PORT: 5432}` sets the variables of a process. */
  #isVariables({ key, value }: Item): boolean {
    return /^env(ironment)?$/i.test(key) && !this.#document.entries(value).some((entry) => isMap(entry.value));
  }

  /** `{start: 3000, end: 3099}` */
  #bounds(items: readonly Item[], context: Context): void {
    const bound = (is: 'start' | 'end') => this.#document.scalar(items.find(({ means }) => means.is === is)?.value);
    const [first, last] = [bound('start'), bound('end')];
    const pair = first && last && twoPorts([first, last]);
    if (!pair || context.history) return;
    if (context.below !== 'ranges' && context.role === 'assignment' && pair.port < 1024) return;
    const isWhole = context.owner && keyWords(context.owner.name).every((word) => wholeWords.has(word));
    const { owner: _, ...everyones } = context;
    this.#found.add({ ...pair, span: first.span }, asRange(isWhole ? everyones : context));
  }

  #legendFor(key: string) {
    return this.#legend.get(keyWords(key).join(' '));
  }
}

function sideOrNone(side: Side): Side | undefined {
  return side === 'any' ? undefined : side;
}

function keyScalar({ key, keySpan }: Item): YamlScalar {
  return { value: key, source: key, span: keySpan };
}

function isRange(key: YamlScalar): boolean {
  return /[-–~]/.test(key.value);
}

function twoPorts([first, last]: readonly YamlScalar[]): PortText | undefined {
  const [port, endPort] = [Number(first?.value), Number(last?.value)];
  if (!first || !last || !isPort(port) || !isPort(endPort) || endPort < port) return undefined;
  const span = { start: first.span.start, end: last.span.end };
  return port === endPort ? { port, span } : { port, endPort, span };
}
