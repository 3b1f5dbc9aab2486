import {
  Disposable,
  EventEmitter,
  l10n,
  Range,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  Uri,
  window,
} from 'vscode';
import { everything, type Filter, isFiltered } from './filter.ts';
import type { Overviews } from './overviews.ts';
import { type Icon, type Item, itemsOf, type Target } from './tree.ts';

/** The view of all ports: what the server knows, through a filter. */
export class PortsView extends Disposable implements TreeDataProvider<Item> {
  readonly #overviews: Overviews;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #tree: TreeView<Item>;
  #filter = everything;
  #listening: ReadonlySet<number> = new Set();

  constructor(overviews: Overviews) {
    super(() => Disposable.from(this.#tree, this.#changed).dispose());
    this.#overviews = overviews;
    this.#tree = window.createTreeView('portolan.ports', { treeDataProvider: this, showCollapseAll: true });
    overviews.watch(() => this.#tree.visible);
    overviews.onDidChange(() => this.#changed.fire());
    this.#tree.onDidChangeVisibility(() => overviews.refresh());
  }

  get filter(): Filter {
    return this.#filter;
  }

  set filter(filter: Filter) {
    this.#filter = filter;
    const text = filter.text.trim();
    this.#tree.message = text === '' ? '' : l10n.t('Filtered by “{0}”', text);
    this.#changed.fire();
  }

  get isFiltered(): boolean {
    return isFiltered(this.#filter);
  }

  /** The ports that are marked as listening. */
  set listening(ports: ReadonlySet<number>) {
    this.#listening = ports;
    this.#changed.fire();
  }

  /** Shows a number of errors at the view's icon; none for zero. */
  set errors(errors: number) {
    const tooltip = errors === 1 ? l10n.t('1 port error') : l10n.t('{0} port errors', errors);
    this.#tree.badge = errors === 0 ? undefined : { value: errors, tooltip };
  }

  async getChildren(item?: Item): Promise<Item[]> {
    if (item) return [...(item.children?.() ?? [])];
    const answer = this.#overviews.current ?? (await this.#overviews.latest());
    return answer ? [...itemsOf(answer, { filter: this.#filter, listening: this.#listening, l10n })] : [];
  }

  getTreeItem({ id, label, description, tooltip, spoken, icon, context, target, isOpen, children }: Item): TreeItem {
    const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
    const item = new TreeItem(label, children ? (isOpen ? Expanded : Collapsed) : None);
    // What opens by itself under a filter has another identity, or the editor would keep it closed.
    item.id = this.isFiltered && children ? `${id} ${JSON.stringify(this.#filter)}` : id;
    item.iconPath = themeIcon(icon);
    item.contextValue = context;
    item.accessibilityInformation = { label: spoken };
    if (description !== undefined) item.description = description;
    if (tooltip !== undefined) item.tooltip = tooltip;
    if (target && !children) item.command = openCommand(target);
    return item;
  }
}

/** The place as the arguments of `vscode.open`, with its digits selected. */
export function openArguments({ uri, line, start, end }: Target): [Uri, { selection: Range }] {
  return [Uri.parse(uri), { selection: new Range(line, start, line, end) }];
}

function openCommand(target: Target) {
  return { command: 'vscode.open', title: l10n.t('Open'), arguments: openArguments(target) };
}

function themeIcon({ id, color }: Icon): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
