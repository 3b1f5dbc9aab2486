import { expect, test } from 'vitest';
import { everything, type Filter, matches } from '../../client/src/ports/filter.ts';
import { type Item, itemsOf, namedPorts } from '../../client/src/ports/tree.ts';
import type { OverviewAnswer } from '../../server/src/lsp/overviewAnswer.ts';
import { english } from '../support/english.ts';

const harbour: OverviewAnswer = {
  files: ['file:///w/docs/PORTS.md', 'file:///w/compose.yaml'],
  problems: [
    {
      ...{ rule: 'port-mismatch', severity: 'error', message: 'tide-watch publishes 3103.' },
      ...{ port: 3103, service: 'tide-watch', at: [1, 4, 9, 13] },
    },
    { rule: 'invalid-port', severity: 'warning', message: '90900 is not a port.', port: null, at: [1, 9, 9, 14] },
  ],
  registries: [
    {
      at: [0, 0, 2, 7],
      groups: [
        {
          ...{ title: 'Quays', block: { port: 3100, endPort: 3109 }, at: [0, 2, 10, 19] },
          rows: [
            row({ port: 3101, owner: 'berth-planner', inside: 8000, status: 'ok', uses: [[1, 2, 9, 13]] }),
            row({ port: 3102, owner: 'tide-watch', status: 'mismatch', instead: 3103, why: 'It is on 3103.' }),
            row({ port: 3104, owner: 'gate-kiosk', status: 'unused', scope: 'staging' }),
          ],
          free: [{ port: 3100 }, { port: 3105, endPort: 3109 }],
        },
        {
          ...{ title: 'Others', free: [] },
          rows: [
            row({ port: 5000, owner: 'quay Macs', role: 'forbidden' }),
            row({ port: 8080, owner: 'lantern', side: 'container', status: 'ok' }),
          ],
        },
      ],
      unregistered: [
        {
          ...{ rule: 'unregistered-port', severity: 'information', message: 'tug publishes 3108.' },
          ...{ port: 3108, service: 'tug', at: [1, 20, 9, 13] },
        },
      ],
    },
  ],
};

type AnyRow = OverviewAnswer['registries'][number]['groups'][number]['rows'][number];

function row(given: Partial<AnyRow> & Pick<AnyRow, 'port' | 'owner'>): AnyRow {
  return { role: 'assignment', side: 'host', at: [0, 6, 2, 6], uses: [], ...given };
}

function items(filter: Partial<Filter> = {}, answer = harbour, listening: readonly number[] = []): readonly Item[] {
  return itemsOf(answer, { filter: { ...everything, ...filter }, listening: new Set(listening), l10n: english });
}

function drawn(all: readonly Item[], indent = ''): string {
  return all
    .map(({ label, description, children }) => {
      const line = `${indent}${[label, description].filter(Boolean).join(' | ')}\n`;
      return line + drawn(children?.() ?? [], `${indent}  `);
    })
    .join('');
}

test('problems first, then the registries, then what none of them knows', () => {
  expect(drawn(items())).toBe(`Problems | 2
  3103  tide-watch | tide-watch publishes 3103.
  90900 is not a port.
PORTS.md | docs
  Quays | 3100–3109 · 3 rows
    3100 free
    3101  berth-planner | → 8000
    3102  tide-watch | on 3103 instead
    3104  gate-kiosk | unused · staging
    3105–3109 free
  Others | 2 rows
    5000  quay Macs | forbidden
    8080  lantern | in the container
Not registered | 1
  3108  tug | compose.yaml:21
`);
});

test.each([
  [{ text: 'tide' }, 'Problems,3103  tide-watch,PORTS.md,Quays,3102  tide-watch'],
  [{ text: '3106' }, 'PORTS.md,Quays,3100 free,3101  berth-planner,3102  tide-watch,3104  gate-kiosk,3105–3109 free'],
  [{ text: 'stag 31' }, 'PORTS.md,Quays,3104  gate-kiosk'],
  [{ text: 'others' }, 'PORTS.md,Others,5000  quay Macs,8080  lantern'],
  [
    { problemsOnly: true, text: '31' },
    'Problems,3103  tide-watch,PORTS.md,Quays,3102  tide-watch,Not registered,3108  tug',
  ],
  [{ text: 'nobody' }, ''],
])('%o leaves what has it, and the way there', (filter, labels) => {
  const shown = drawn(items(filter)).split('\n').filter(Boolean);
  expect(shown.map((line) => line.trim().split(' | ')[0]).join(',')).toBe(labels);
});

test('words match in any order and case, numbers as the beginning of a port or within a range', () => {
  const filter = (text: string) => ({ text, problemsOnly: false });
  expect(matches(filter('WATCH tide'), 'tide-watch', 3102)).toBe(true);
  expect(matches(filter('tide_wa'), 'Tide Watch', 3102)).toBe(true);
  expect(matches(filter('310'), '', 3102)).toBe(true);
  expect(matches(filter('102'), '', 3102)).toBe(false);
  expect(matches(filter('3105'), '', { port: 3100, endPort: 3109 })).toBe(true);
  expect(matches(filter('tide 1'), 'tide-watch', null)).toBe(false);
});

test('what can be done with an item is told by words, and its place by what opens', () => {
  const [planner, watch] = items()[1]!.children!()[0]!.children!().filter(({ context }) => context.includes('row'));
  expect(planner).toMatchObject({
    ...{ context: 'row port uses movable', port: 3101, service: 'berth-planner' },
    target: { uri: 'file:///w/docs/PORTS.md', line: 6, start: 2, end: 6 },
    uses: [{ uri: 'file:///w/compose.yaml', line: 2, start: 9, end: 13 }],
    spoken: '3101, berth-planner, 8000 in the container, used',
  });
  expect(watch).toMatchObject({
    context: 'row port movable',
    spoken: '3102, tide-watch, on 3103 instead, It is on 3103.',
    tooltip: '3102  tide-watch (on 3103 instead)\n\nIt is on 3103.',
  });
});

test('ports on which somebody listens are marked, on the host alone', () => {
  const marked = drawn(items({}, harbour, [3101, 8080]))
    .split('\n')
    .filter((line) => line.includes('listening'));
  expect(marked.map((line) => line.trim())).toEqual(['3101  berth-planner | listening · → 8000']);
});

test('ports to look up are those of the host, each once', () => {
  expect(namedPorts(harbour)).toEqual([3101, 3102, 3103, 3104, 3108]);
});

test('an item keeps its identity through a refresh, and no two share one', () => {
  const twice = row({ port: 3101, owner: 'berth-planner' });
  const [registry] = harbour.registries;
  const group = { ...registry!.groups[0]!, rows: [twice, twice] };
  const ids = (all: readonly Item[]): string[] => all.flatMap(({ id, children }) => [id, ...ids(children?.() ?? [])]);
  const answer = { ...harbour, registries: [{ ...registry!, groups: [group] }] };
  expect(ids(items({}, answer))).toEqual(ids(items({}, answer)));
  expect(new Set(ids(items({}, answer))).size).toBe(ids(items({}, answer)).length);
});

test('of ten thousand services few are made before somebody looks', () => {
  const rows = Array.from({ length: 10_000 }, (_, n) => row({ port: 2000 + n, owner: `service-${n}` }));
  const groups = Array.from({ length: 100 }, (_, n) => ({
    title: `Block ${n}`,
    rows: rows.slice(n * 100, n * 100 + 100),
    free: [],
  }));
  const many = { ...harbour, registries: [{ ...harbour.registries[0]!, groups }] };
  let made = 0;
  const count = (all: readonly Item[]) => {
    made += all.length;
  };
  const top = items({}, many);
  count(top);
  count(top[1]!.children!());
  expect(made).toBe(103);
  expect(top[1]!.children!().every(({ isOpen }) => !isOpen)).toBe(true);
});
