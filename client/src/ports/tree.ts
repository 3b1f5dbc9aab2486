import type { ClaimRole } from '../../../server/src/core/facts.ts';
import type { Status } from '../../../server/src/core/features/overview/lines.ts';
import type { Group, Problem, RegistryOverview, Row } from '../../../server/src/core/features/overview.ts';
import type { Ports } from '../../../server/src/core/ports.ts';
import type { OverviewAnswer, WirePlace } from '../../../server/src/lsp/overviewAnswer.ts';
import { type Filter, isFiltered, matches } from './filter.ts';
import { inWords, type Localize, portsText, roleText, statusText } from './words.ts';

/** A place as an editor opens it: 0-based, on one line. */
export interface Target {
  readonly uri: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The codicon of an item, and the theme's colour for it. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** An item of the ports view. Its children are made when they are asked for. */
export interface Item {
  /** The same after each refresh, so that what is open stays open. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  /** What a screen reader says instead of label and description. */
  readonly spoken: string;
  readonly icon: Icon;
  /** Words for `when` clauses: `row`, `port`, `uses`, `movable`, `problem`. */
  readonly context: string;
  readonly target?: Target;
  readonly uses: readonly Target[];
  readonly port?: number;
  readonly service?: string;
  /** Whether its children are shown from the start. */
  readonly isOpen?: boolean;
  readonly children?: () => readonly Item[];
}

/** All that decides over how the tree looks. */
export interface View {
  readonly filter: Filter;
  /** The ports that are marked as listening. */
  readonly listening: ReadonlySet<number>;
  readonly l10n: Localize;
}

const LAST_PORT = 65535;

/** With no more rows than this, all groups are open from the start. */
const FEW = 40;

/** The items at the top of the view: problems first, then the registries, then what none of them knows. */
export function itemsOf(answer: OverviewAnswer, view: View): readonly Item[] {
  return new Tree(answer, view).top();
}

class Tree {
  readonly #answer: OverviewAnswer;
  readonly #view: View;
  readonly #areFew: boolean;

  constructor(answer: OverviewAnswer, view: View) {
    this.#answer = answer;
    this.#view = view;
    const groups = answer.registries.flatMap((registry) => registry.groups);
    this.#areFew = groups.reduce((sum, { rows }) => sum + rows.length, 0) <= FEW;
  }

  top(): Item[] {
    const { registries, problems } = this.#answer;
    const unregistered = registries.flatMap((registry) => registry.unregistered);
    return [
      ...this.#list('problems', this.#view.l10n.t('Problems'), problems),
      ...registries.flatMap((registry) => this.#registry(registry) ?? []),
      ...this.#list('unregistered', this.#view.l10n.t('Not registered'), unregistered),
    ];
  }

  /** Findings in a group of their own; none when there are none. */
  #list(id: 'problems' | 'unregistered', label: string, all: readonly Problem<WirePlace>[]): Item[] {
    const shown = all.filter((problem) => matches(this.#view.filter, problemText(problem), problem.port));
    if (shown.length === 0) return [];
    const icon = id === 'problems' ? { id: 'warning', color: 'list.warningForeground' } : { id: 'question' };
    return [
      {
        ...{ id, label, icon, uses: [], context: 'group' },
        description: String(shown.length),
        spoken: `${label}, ${shown.length}`,
        isOpen: shown.length <= FEW,
        children: () => numbered(shown.map((problem) => this.#problem(id, problem))),
      },
    ];
  }

  #problem(list: string, { rule, severity, message, port, service, at }: Problem<WirePlace>): Item {
    const target = this.#target(at);
    const where = `${basename(target.uri)}:${target.line + 1}`;
    const label = [port, service].filter((part) => part != null).join('  ') || message;
    return {
      ...{ id: `${list} ${target.uri} ${rule} ${label}`, label, target, uses: [] },
      ...(label !== message && { description: list === 'problems' ? message : where }),
      tooltip: `${message}\n\n${rule} · ${where}`,
      spoken: `${message} ${where}`,
      icon: list === 'problems' ? severityIcons[severity] : { id: 'circle-outline', color: 'list.warningForeground' },
      context: port === null ? 'problem' : 'problem port',
      ...(port !== null && { port }),
      ...(service !== undefined && { service }),
    };
  }

  #registry(registry: RegistryOverview<WirePlace>): Item | undefined {
    const target = this.#target(registry.at);
    const groups = registry.groups.flatMap((group) => this.#group(target.uri, group) ?? []);
    if (groups.length === 0 && isFiltered(this.#view.filter)) return undefined;
    const label = basename(target.uri);
    const folder = folderOf(target.uri);
    return {
      ...{ id: `registry ${target.uri}`, label, description: folder, target, uses: [] },
      spoken: this.#view.l10n.t('Registry {0} in {1}', label, folder),
      icon: { id: 'book' },
      context: 'registry',
      isOpen: this.#answer.registries.length === 1 || isFiltered(this.#view.filter),
      children: () => groups.flatMap(({ item, rows }) => (item.label === '' ? rows() : [item])),
    };
  }

  /** A group with what of it is to be shown; `undefined` when that is nothing. */
  #group(registry: string, group: Group<WirePlace>): { item: Item; rows: () => readonly Item[] } | undefined {
    const { filter, l10n } = this.#view;
    const { title, block, rows, free } = group;
    const isWhole = !filter.problemsOnly && matches(filter, title, block ?? null);
    const shown = isWhole
      ? rows
      : rows.filter((row) => (!filter.problemsOnly || isTrouble(row)) && matches(filter, rowText(row), row));
    const gaps = isWhole ? free : filter.problemsOnly ? [] : free.filter((gap) => matches(filter, '', gap));
    if (shown.length === 0 && gaps.length === 0 && isFiltered(filter)) return undefined;
    const id = `${registry} ${block ? portsText(block) : ''} ${title} ${group.scope ?? ''}`;
    const children = () =>
      numbered([...shown.map((row) => this.#row(id, row)), ...gaps.map((gap) => this.#gap(id, gap))].sort(byPort));
    const count = rows.length === 1 ? l10n.t('1 row') : l10n.t('{0} rows', rows.length);
    const description = [block && portsText(block), group.scope, count].filter(Boolean).join(' · ');
    const item: Item = {
      ...{ id, label: title, description, uses: [], children },
      spoken: `${title}, ${description}`,
      icon: { id: block ? 'layers' : 'list-unordered' },
      context: block ? 'block' : 'section',
      isOpen: this.#areFew || isFiltered(filter),
      ...(group.at && { target: this.#target(group.at) }),
    };
    return { item, rows: children };
  }

  #row(group: string, row: Row<WirePlace>): Item {
    const { listening, l10n } = this.#view;
    const { owner, role, status, why, note, port, endPort, uses } = row;
    const isListening = row.side !== 'container' && listening.has(port);
    const state = status ? statusText(status, l10n, row.instead) : roleText(role, l10n);
    const details = [
      status === 'ok' || status === 'unknown' ? '' : state,
      isListening && l10n.t('listening'),
      row.side === 'container' ? l10n.t('in the container') : row.inside && `→ ${row.inside}`,
      row.scope,
    ];
    const label = `${portsText(row)}  ${owner}`;
    const words = ['row', ...(endPort === undefined ? ['port'] : []), ...(uses.length > 0 ? ['uses'] : [])];
    const isMovable = role === 'assignment' && endPort === undefined && row.side !== 'container';
    return {
      ...{ id: `${group} ${label} ${row.side} ${row.scope ?? ''}`, label, port, service: owner },
      description: details.filter(Boolean).join(' · '),
      tooltip: [`${label} (${state})`, why, note].filter(Boolean).join('\n\n'),
      spoken: inWords(row, isListening, l10n),
      icon: status ? statusIcons[status] : roleIcons[role],
      context: [...words, ...(isMovable ? ['movable'] : [])].join(' '),
      target: this.#target(row.at),
      uses: uses.map((use) => this.#target(use)),
    };
  }

  #gap(group: string, gap: Ports): Item {
    const label = this.#view.l10n.t('{0} free', portsText(gap));
    return {
      ...{ id: `${group} free ${gap.port}`, label, spoken: label, uses: [], port: gap.port },
      icon: { id: 'dash', color: 'descriptionForeground' },
      context: 'free port',
    };
  }

  #target([file, line, start, end]: WirePlace): Target {
    return { uri: this.#answer.files[file]!, line, start, end };
  }
}

const severityIcons: Readonly<Record<Problem<unknown>['severity'], Icon>> = {
  error: { id: 'error', color: 'list.errorForeground' },
  warning: { id: 'warning', color: 'list.warningForeground' },
  information: { id: 'info' },
  hint: { id: 'info' },
};

const statusIcons: Readonly<Record<Status, Icon>> = {
  ok: { id: 'pass', color: 'testing.iconPassed' },
  mismatch: { id: 'arrow-swap', color: 'list.errorForeground' },
  clash: { id: 'error', color: 'list.errorForeground' },
  unused: { id: 'circle-outline', color: 'descriptionForeground' },
  unknown: { id: 'circle-outline' },
};

const roleIcons: Readonly<Record<ClaimRole, Icon>> = {
  assignment: { id: 'circle-outline' },
  range: { id: 'layers' },
  reserved: { id: 'lock' },
  forbidden: { id: 'circle-slash' },
  free: { id: 'dash', color: 'descriptionForeground' },
  former: { id: 'history' },
};

function isTrouble({ status }: Row<unknown>): boolean {
  return status === 'mismatch' || status === 'clash';
}

function rowText({ owner, scope = '', note = '' }: Row<unknown>): string {
  return `${owner} ${scope} ${note}`;
}

function problemText({ message, rule, service = '' }: Problem<unknown>): string {
  return `${message} ${rule} ${service}`;
}

function byPort(a: Item, b: Item): number {
  return a.port! - b.port!;
}

/** Rows that say the same twice are told apart by their number. */
function numbered(items: readonly Item[]): Item[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const before = seen.get(item.id) ?? 0;
    seen.set(item.id, before + 1);
    return before === 0 ? item : { ...item, id: `${item.id} ${before}` };
  });
}

/** The ports of the host that the registries and the files name, one by one, for whoever wants to look them up. */
export function namedPorts({ registries, problems }: OverviewAnswer): number[] {
  const ports = new Set<number>();
  for (const { groups, unregistered } of registries) {
    for (const { role, side, port, endPort } of groups.flatMap(({ rows }) => rows)) {
      if (role === 'assignment' && side !== 'container' && endPort === undefined) ports.add(port);
    }
    for (const { port } of unregistered) if (port !== null) ports.add(port);
  }
  for (const { port } of problems) if (port !== null) ports.add(port);
  return [...ports].filter((port) => port > 0 && port <= LAST_PORT).sort((a, b) => a - b);
}

function basename(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}

/** The name of the folder in which a file lies. */
function folderOf(uri: string): string {
  return basename(uri.slice(0, uri.lastIndexOf('/')));
}
