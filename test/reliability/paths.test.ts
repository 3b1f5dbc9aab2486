import { symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { times } from '../support/effort.ts';
import { globsOut, nameRegistries, type Smuggler, smuggler, waysTo } from '../support/smuggler.ts';
import { type Calls, canWatch } from '../support/systemCalls.ts';
import { outside, watchedPrograms } from '../support/watchedPrograms.ts';

/**
 * A workspace must not have files read that lie outside of it, unless the user trusts it and its settings name them as
 * registries. What is really read is taken from the system calls of the real programs, less those of a run in an empty
 * folder. How it is without trust is told by `restricted.test.ts`.
 */

const { serve, run } = watchedPrograms();

test('the ways to lead outside are more than seventy', () => {
  expect(new Set([...waysTo('/tmp/harbours/abroad'), ...globsOut]).size).toBeGreaterThan(70);
});

describe.skipIf(!canWatch)('by system calls', () => {
  const expectInside = (calls: Calls, { harbour }: Smuggler, baseline: Calls) => {
    expect(calls.opened.has(`${harbour}/0/compose.yaml`)).toBe(true);
    expect(outside(calls.paths, harbour, baseline)).toEqual([]);
  };
  /** However a registry is named, it is one of these. */
  const named = ({ abroad, home }: Smuggler) => [`${abroad}/PORTS.md`, `${home}/PORTS.md`];

  test('the server reads nothing outside but the single files that are named as registries', async () => {
    const place = smuggler();
    const baseline = await serve(place, place.empty, true);
    expectInside(await serve(place, place.harbour, true), place, baseline);
    nameRegistries(place);
    const calls = await serve(place, place.harbour, true);
    expect(outside(calls.opened, place.harbour, baseline)).toEqual(named(place));
  });

  test('so does the command line', async () => {
    const place = smuggler();
    const baseline = await run(place, place.empty, ['check']);
    const commands = [['check', '--fix-dry-run'], ['facts'], ['audit'], ['registries'], ['who', '9007'], ['init']];
    for (const args of commands.slice(0, times(1, commands.length))) {
      expectInside(await run(place, place.harbour, args), place, baseline);
    }
    nameRegistries(place, (way) => !way.includes('://'));
    const calls = await run(place, place.harbour, ['check']);
    expect(outside(calls.opened, place.harbour, baseline)).toEqual(named(place));
  });

  test('a portolan.yaml that is a link is not followed', async () => {
    const place = smuggler();
    symlinkSync(`${place.abroad}/portolan.yaml`, `${place.harbour}/portolan.yaml`);
    for (const calls of [await run(place, place.harbour, ['check']), await serve(place, place.harbour, true)]) {
      expect([...calls.opened].filter((path) => path.startsWith(place.abroad))).toEqual([]);
    }
  });
});
