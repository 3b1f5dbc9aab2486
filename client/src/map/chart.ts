import type { Group, RegistryOverview, Row } from '../../../server/src/core/features/overview.ts';
import type { Ports } from '../../../server/src/core/ports.ts';
import type { OverviewAnswer, WirePlace } from '../../../server/src/lsp/overviewAnswer.ts';
import type { Target } from '../ports/tree.ts';
import { inWords, type Localize, portsText, roleText, statusText } from '../ports/words.ts';

/** What a stretch of the map stands for, the most telling first: it decides where several share one spot. */
export const kinds = ['problem', 'unregistered', 'forbidden', 'reserved', 'taken', 'former', 'unused', 'free'] as const;

export type Kind = (typeof kinds)[number];

/** One port or some ports with their owner. */
export interface Cell extends Ports {
  readonly kind: Kind;
  readonly label: string;
  /** All that is known of it, in one line. */
  readonly details: string;
  readonly state: string;
  readonly target?: Target;
}

/** A block, or another range that the registry tells. */
export interface Band extends Ports {
  readonly label: string;
}

/** The map of one registry, before anything is drawn. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly bands: readonly Band[];
  /** By their ports. */
  readonly cells: readonly Cell[];
}

/** All that the map's page needs: it asks for nothing else and knows no language. */
export interface Atlas {
  readonly charts: readonly Chart[];
  readonly words: ReturnType<typeof wordsOf>;
}

/** What the page tells the extension. */
export type Message =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly target: Target }
  | { readonly type: 'save'; readonly svg: string };

/** Makes the maps of all registries of what the server knows. */
export function atlasOf({ files, registries }: OverviewAnswer, l10n: Localize): Atlas {
  const target = ([file, line, start, end]: WirePlace): Target => ({ uri: files[file]!, line, start, end });
  return { charts: registries.map((registry) => chartOf(registry, target, l10n)), words: wordsOf(l10n) };
}

function chartOf(registry: RegistryOverview<WirePlace>, target: (at: WirePlace) => Target, l10n: Localize): Chart {
  const { uri } = target(registry.at);
  const outside = registry.groups.map((group) => ({ ...group, rows: group.rows.filter(isOutside) }));
  const cells = [
    ...outside.flatMap(({ rows }) => rows.flatMap((row) => cellsOf(row, target, l10n))),
    ...outside.flatMap(({ free, title }) => free.map((gap) => freeCell(gap, title, l10n))),
    ...registry.unregistered.flatMap(({ port, service = '', message, at }): Cell[] =>
      port === null
        ? []
        : [
            {
              ...{ port, kind: 'unregistered', label: service, state: l10n.t('not registered') },
              details: `${port} · ${service} · ${message}`,
              target: target(at),
            },
          ],
    ),
  ];
  return {
    id: uri,
    title: decodeURIComponent(uri.split('/').slice(-2).join('/')),
    bands: outside.flatMap(bandsOf),
    cells: cells.sort((a, b) => a.port - b.port),
  };
}

function isOutside({ side }: Row<unknown>): boolean {
  return side !== 'container';
}

function bandsOf({ title, block, scope, rows }: Group<unknown>): Band[] {
  if (block) return [{ ...block, label: scope ? `${title} (${scope})` : title }];
  return rows.flatMap(({ port, endPort, owner }) => (endPort === undefined ? [] : [{ port, endPort, label: owner }]));
}

/** A service that is on another port than its own is shown on both. */
function cellsOf(row: Row<WirePlace>, target: (at: WirePlace) => Target, l10n: Localize): Cell[] {
  const { port, endPort, owner, status, role, instead, uses, at } = row;
  const own: Cell = {
    ...{ port, ...(endPort !== undefined && { endPort }), kind: kindOf(row), label: owner },
    details: inWords(row, false, l10n).replaceAll(', ', ' · '),
    state: status ? statusText(status, l10n, row.instead) : roleText(role, l10n),
    target: target(at),
  };
  if (instead === undefined) return [own];
  const { endPort: _, ...rest } = own;
  return [own, { ...rest, port: instead, target: target(uses[0] ?? at) }];
}

function kindOf({ status, role }: Row<unknown>): Kind {
  if (status === 'mismatch' || status === 'clash') return 'problem';
  if (status === 'unused') return 'unused';
  return role === 'assignment' || role === 'range' ? 'taken' : role;
}

function freeCell(gap: Ports, block: string, l10n: Localize): Cell {
  const state = l10n.t('free');
  return { ...gap, kind: 'free', label: '', details: `${portsText(gap)} · ${state} · ${block}`, state };
}

function wordsOf(l10n: Localize) {
  return {
    title: l10n.t('Port map'),
    registry: l10n.t('Registry'),
    all: l10n.t('All ports'),
    zoomIn: l10n.t('Zoom in'),
    zoomOut: l10n.t('Zoom out'),
    table: l10n.t('Show as table'),
    drawing: l10n.t('Show as map'),
    save: l10n.t('Save as SVG…'),
    port: l10n.t('Port'),
    owner: l10n.t('Owner'),
    state: l10n.t('State'),
    empty: l10n.t('There is no port registry in this workspace.'),
    hint: l10n.t('Arrow keys move, Enter opens the place, + zooms in, Escape zooms out.'),
    one: l10n.t('1 entry'),
    many: l10n.t('{0} entries'),
    kinds: {
      taken: l10n.t('used'),
      unused: l10n.t('unused'),
      problem: l10n.t('problem'),
      unregistered: l10n.t('not registered'),
      reserved: l10n.t('reserved'),
      forbidden: l10n.t('forbidden'),
      former: l10n.t('former port'),
      free: l10n.t('free'),
    } satisfies Record<Kind, string>,
  };
}
