import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';
import { folderWith, writeAt } from '../support/disk.ts';
import { type Editor, startEditor } from '../support/editor.ts';
import { isNightly, times } from '../support/effort.ts';
import { composeOf, piers } from '../support/largeTree.ts';

const COUNT = 40;
/** On a busy machine, in milliseconds. */
const PATIENCE = isNightly ? 0 : 120_000;

/** What may become of a file while somebody else is about to read it, by name. Gives the paths to which it happened. */
const fates = {
  deleted: (path) => {
    rmSync(path, { force: true, recursive: true });
    return [path];
  },
  renamed: (path) => {
    const other = path.replace(/compose\.yaml$/, 'docker-compose.yml');
    renameSync(path, other);
    return [path, other];
  },
  'its folder renamed': (path) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    renameSync(folder, `${folder}-moved`);
    // Its file may have got another name before.
    return [folder, path, ...readdirSync(`${folder}-moved`).map((name) => `${folder}-moved/${name}`)];
  },
  'its folder deleted': (path) => {
    const folder = path.slice(0, path.lastIndexOf('/'));
    rmSync(folder, { recursive: true, force: true });
    return [folder];
  },
  'replaced by a folder': (path) => {
    rmSync(path, { force: true, recursive: true });
    mkdirSync(path);
    return [path];
  },
  'replaced by a pipe': (path) => {
    rmSync(path, { force: true, recursive: true });
    execFileSync('mkfifo', [path], { stdio: 'ignore' });
    return [path];
  },
  'replaced by a link': (path) => {
    rmSync(path, { force: true, recursive: true });
    symlinkSync('/dev/zero', path);
    return [path];
  },
  'written anew': (path) => {
    rmSync(path, { force: true, recursive: true });
    const n = Number(/piers\/(\d+)/.exec(path)?.[1] ?? 0);
    writeAt('/', {
      [path]: basename(path) === 'PORTS.md' ? piers(COUNT, (m) => 20_001 + m)['PORTS.md']! : composeOf(n, 9000 + n),
    });
    return [path];
  },
  emptied: (path) => {
    rmSync(path, { force: true, recursive: true });
    writeAt('/', { [path]: '' });
    return [path];
  },
  'closed to others': (path) => {
    chmodSync(path, 0);
    return [path];
  },
} satisfies Record<string, (path: string) => string[]>;

interface Mishap {
  /** Before which of all that is asked of the disk it comes, counted from 0; right after it, where it says so. */
  readonly at: number;
  readonly isAfter: boolean;
  /** The pier that it happens to; the registry for -1, and whatever is being read for nothing. */
  readonly pier: number | undefined;
  readonly fate: keyof typeof fates;
}

/** A disk on which things happen while it is being read, and which tells of them as an editor's watcher does. */
class RestlessDisk {
  readonly host: Host;
  readonly #root: string;
  readonly #mishaps: Mishap[];
  readonly #touched: string[] = [];
  #asked = 0;

  constructor(root: string, mishaps: readonly Mishap[]) {
    this.#root = root;
    this.#mishaps = [...mishaps];
    const host: Host = {
      ...nodeHost,
      folder: (path, selection) => {
        const folder = nodeHost.folder(path, selection);
        const { files, readFile } = Object.getPrototypeOf(folder);
        return Object.assign(folder, {
          files: () => this.#around(undefined, () => files.call(folder)),
          readFile: (file: string) => this.#around(file, () => readFile.call(folder, file)),
        });
      },
    };
    this.host = host;
  }

  /** Everything has happened by now that was to happen. The paths that an editor tells of. */
  rest(): string[] {
    for (const mishap of this.#mishaps.splice(0)) this.#happen(mishap, undefined);
    return this.#touched.splice(0);
  }

  async #around<T>(path: string | undefined, ask: () => Promise<T>): Promise<T> {
    const now = this.#asked++;
    const due = this.#mishaps.filter(({ at }) => at === now);
    for (const mishap of due) this.#mishaps.splice(this.#mishaps.indexOf(mishap), 1);
    for (const mishap of due) if (!mishap.isAfter) this.#happen(mishap, path);
    const answer = await ask();
    for (const mishap of due) if (mishap.isAfter) this.#happen(mishap, path);
    return answer;
  }

  #happen({ pier, fate }: Mishap, reading: string | undefined): void {
    const other = pier === -1 ? `${this.#root}/PORTS.md` : `${this.#root}/piers/${pier ?? 0}/compose.yaml`;
    const path = pier === undefined && reading !== undefined ? reading : other;
    if (path.endsWith('/PORTS.md') && fate.startsWith('its folder')) return;
    if (basename(path) === 'portolan.yaml') return;
    try {
      this.#touched.push(...fates[fate](path));
    } catch {
      this.#touched.push(path); // something else has happened to it already
    }
  }
}

const mishap: fc.Arbitrary<Mishap> = fc.record({
  at: fc.nat(2 * COUNT),
  isAfter: fc.boolean(),
  pier: fc.option(fc.integer({ min: -1, max: COUNT - 1 }), { nil: undefined }),
  fate: fc.constantFrom(...(Object.keys(fates) as (keyof typeof fates)[])),
});

/** Everything that the editor shows, by path below the workspace. */
function shown(editor: Editor, root: string): string[] {
  const all = [...editor.published.values()].filter(({ diagnostics }) => diagnostics.length > 0);
  const lines = all.flatMap(({ uri, diagnostics }) => diagnostics.map(({ message }) => `${uri}: ${message}`));
  return lines.map((line) => line.replaceAll(root, '')).sort();
}

test.skipIf(process.platform === 'win32')('a disk that changes while it is read', { timeout: PATIENCE }, async () => {
  const property = fc.asyncProperty(fc.array(mishap, { minLength: 1, maxLength: 12 }), async (mishaps) => {
    const root = folderWith(piers(COUNT, (n) => 20_000 + n + (n % 5 === 0 ? 1 : 0)));
    const disk = new RestlessDisk(root, mishaps);
    const editor = await startEditor({ folders: [root], host: disk.host });
    await editor.settled();
    for (let touched = disk.rest(); touched.length > 0; touched = disk.rest()) {
      await editor.watched(Object.fromEntries(touched.map((path) => [path, 2])));
      await editor.settled();
    }
    const fresh = await startEditor({ folders: [root] });
    await fresh.settled();
    expect(shown(editor, root)).toEqual(shown(fresh, root));
    expect(editor.log).toEqual([]);
  });
  await fc.assert(property, { numRuns: times(15, 500) });
});

test.skipIf(process.platform === 'win32')(
  'what was told of files that are gone is taken back within a second',
  async () => {
    const gone = Object.keys(fates).filter((fate) => /deleted|renamed|folder$|pipe|link|emptied/.test(fate));
    const root = folderWith(piers(COUNT, (n) => 20_000 + n + 1));
    const editor = await startEditor({ folders: [root] });
    await editor.settled();
    expect(gone.length).toBeGreaterThan(6);
    for (const [n, fate] of gone.entries()) {
      const path = `${root}/piers/${n}/compose.yaml`;
      expect(editor.squiggles(path), fate).toHaveLength(1);
      const touched = fates[fate as keyof typeof fates](path);
      await editor.watched(Object.fromEntries(touched.map((one) => [one, 2])));
      await editor.until(() => editor.squiggles(path).length === 0, true, times(5000, 1000));
    }
  },
);
