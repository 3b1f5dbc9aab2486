import { describe, expect, test } from 'vitest';
import { writeAt } from '../support/disk.ts';
import { globsOut, nameRegistries, smuggler, waysTo } from '../support/smuggler.ts';
import { canWatch } from '../support/systemCalls.ts';
import { outside, watchedPrograms } from '../support/watchedPrograms.ts';

/** What the programs ask of the system, by its calls: no process, no network, and without trust no file outside. */

const { serve, run, ask } = watchedPrograms();

describe.skipIf(!canWatch)('by system calls', { timeout: 120_000 }, () => {
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
    expect([calls.processes, calls.network, calls.written]).toEqual([[], [], []]);
  });

  test('with trust neither starts a process or opens a connection, and nothing is written but by a fix', async () => {
    const place = smuggler();
    nameRegistries(place, (way) => !way.includes('://'));
    const served = await serve(place, place.harbour, true);
    const checked = await run(place, place.harbour, ['check']);
    const fixed = await run(place, place.harbour, ['check', '--fix']);
    for (const calls of [served, checked, fixed]) {
      expect(calls.opened.has(`${place.abroad}/PORTS.md`)).toBe(true);
      expect([calls.processes, calls.network]).toEqual([[], []]);
    }
    expect([...served.written, ...checked.written]).toEqual([]);
    expect(fixed.written).not.toEqual([]);
    expect(fixed.written.filter((path) => !path.startsWith(`${place.harbour}/`))).toEqual([]);
  });

  test('what has a URL is not fetched unless the user allows it', async () => {
    const place = smuggler();
    const integrity = `sha256-${'A'.repeat(43)}=`;
    const far = (file: string) => `{ url: "https://abroad.example/${file}", integrity: ${integrity} }`;
    writeAt(place.harbour, { 'portolan.yaml': `registries: [${far('PORTS.md')}]\n` });
    const checked = await run(place, place.harbour, ['check']);
    writeAt(place.harbour, { 'portolan.yaml': `extends: ${far('all.yaml')}\nregistries: [${far('PORTS.md')}]\n` });
    const served = await serve(place, place.harbour, true);
    const distrusted = await serve(place, place.harbour, false, { remote: { enabled: true } });
    for (const calls of [checked, served, distrusted]) {
      expect(calls.opened.has(`${place.harbour}/compose.yaml`)).toBe(true);
      expect([calls.processes, calls.network, calls.written]).toEqual([[], [], []]);
    }
  });

  test('an agent gets nothing of files outside of the folder, and has nothing written', async () => {
    const place = smuggler();
    const baseline = await ask(place, place.empty, [['check', {}]]);
    const paths = waysTo(place.abroad);
    const calls = await ask(place, place.harbour, [
      ['who', { query: '9006' }],
      ['next', {}],
      ['move', { service: 'billing-api', port: 9011 }],
      ...paths.map((path) => ['check', { paths: [path] }] as const),
      ...paths.map((path) => ['move', { service: 'billing-api', port: 9011, path }] as const),
    ]);
    expect(calls.opened.has(`${place.harbour}/compose.yaml`)).toBe(true);
    expect([...calls.opened].filter((path) => outside(new Set([path]), place.harbour, baseline).length > 0)).toEqual(
      [],
    );
    expect([calls.processes, calls.network, calls.written]).toEqual([[], [], []]);
  });
});
