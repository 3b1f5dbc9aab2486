import { describe, expect, test } from 'vitest';
import { writeAt } from '../support/disk.ts';
import { globsOut, nameRegistries, smuggler, waysTo } from '../support/smuggler.ts';
import { canWatch } from '../support/systemCalls.ts';
import { outside, watchedPrograms } from '../support/watchedPrograms.ts';

/** What the programs ask of the system, by its calls: no process, no network, and without trust no file outside. */

const { serve, run } = watchedPrograms();

describe.skipIf(!canWatch)('by system calls', () => {
  test('without trust the server looks at nothing outside of the folder, whatever names it', async () => {
    const place = smuggler();
    const baseline = await serve(place, place.empty, false);
    nameRegistries(place);
    writeAt(place.harbour, { '../.gitignore': '*.conf\n', '../.git/HEAD': '' });
    const registries = [...waysTo(place.abroad), ...globsOut].map((way) => `${way}/PORTS.md`);
    const calls = await serve(place, place.harbour, false, { registries, exclude: registries });
    expect(calls.opened.has(`${place.harbour}/compose.yaml`)).toBe(true);
    expect(outside(calls.paths, place.harbour, baseline)).toEqual([]);
    const repositories = [...calls.paths].filter((path) => /\/\.git(?:ignore)?$/.test(path));
    expect(repositories.filter((path) => !path.startsWith(`${place.harbour}/`))).toEqual([]);
    expect([calls.processes, calls.network]).toEqual([[], []]);
  });

  test('with trust neither starts a process or opens a connection', async () => {
    const place = smuggler();
    nameRegistries(place, (way) => !way.includes('://'));
    for (const calls of [
      await serve(place, place.harbour, true),
      await run(place, place.harbour, ['check', '--fix']),
    ]) {
      expect(calls.opened.has(`${place.abroad}/PORTS.md`)).toBe(true);
      expect([calls.processes, calls.network]).toEqual([[], []]);
    }
  });
});
