import { expect, test } from 'vitest';
import { Occupancy } from '../../../server/src/core/queries/occupancy.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

const registry = `
  --- PORTS.md
  # Port registry

  ## Quays (4100-4103)

  | Port | Service |
  | ---- | ------- |
  | 4100 | quay    |
  | 4102 | crane   |

  ## Ferries (4200-4209)

  | Port | Service    | Status   |
  | ---- | ---------- | -------- |
  | 4200 | ferry      | active   |
  | 4201 |            | reserved |
`;

function free(picture: string, wanted: { group?: string; near?: number[] } = {}, count = 3): number[] {
  const occupancy = new Occupancy(indexOf(filesOf(picture)), 'compose.yaml');
  return occupancy.free(occupancy.intervals(wanted), count);
}

test('blocks are gone through in ascending order, past what is assigned or reserved', () => {
  expect(free(registry, {}, 4)).toEqual([4101, 4103, 4202, 4203]);
});

test('a group is found by its name or by some of its words, and only there is looked', () => {
  expect(free(registry, { group: 'Quays' })).toEqual([4101, 4103]);
  expect(free(registry, { group: 'ferries' })).toEqual([4202, 4203, 4204]);
  expect(free(registry, { group: 'lighthouses' })).toEqual([]);
});

test('a service joins the block of its neighbours', () => {
  expect(free(registry, { near: [4200] }, 1)).toEqual([4202]);
});

test('what a file publishes is taken, also in a range, and a container port is not', () => {
  const compose = `${registry}
  --- compose.yaml
  services:
    tug:
      image: tug
      ports: ["4101:4103", "4202-4204:9000-9002"]
`;
  expect(free(compose)).toEqual([4103, 4205, 4206]);
});

test('where there are no blocks the ports that are listed as available come first', () => {
  const listed = `
  --- PORTS.md
  # Port registry

  | Port | Service | Status    |
  | ---- | ------- | --------- |
  | 4300 | quay    | active    |
  | 4301 |         | available |
  | 4302 | crane   | active    |
`;
  expect(free(listed)).toEqual([4301]);
});

test('without blocks and lists a port follows upon those at hand, and one far off decides nothing', () => {
  const table = (rows: string) => `
  --- PORTS.md
  # Port registry

  | Port | Service |
  | ---- | ------- |
${rows}`;
  expect(free(table('  | 4300 | quay |\n  | 4301 | crane |\n  | 50051 | radio |\n'))).toEqual([4302, 4303, 4304]);
  expect(free(table('  | 80 | gate |\n'), {}, 1)).toEqual([1024]);
});
