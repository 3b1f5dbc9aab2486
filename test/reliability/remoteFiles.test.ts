import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Copies, type Options } from '../../server/src/configuration/remote/copies.ts';
import { internet } from '../../server/src/configuration/remote/download.ts';
import { copyPath } from '../../server/src/core/settings/sources.ts';
import { folderWith } from '../support/disk.ts';
import { registry } from '../support/harbour.ts';
import { certificate, document, harbourMaster, hashOf } from '../support/harbourMaster.ts';

const reach = { mayReach: () => true, ca: certificate };
const hash = hashOf(registry);

/** Copies that may come from this machine. */
function copies(options: Options = {}): Copies {
  return new Copies(folderWith({}), { reach, ...options });
}

test('a file is fetched once, and kept', async () => {
  const { origin, asked } = await harbourMaster(document(registry));
  const kept = copies();
  const source = { path: `${origin}/ports/PORTS.md?ref=main`, integrity: hash };
  expect(await kept.read(source)).toEqual({ text: registry });
  const copy = copyPath(kept.folder, source);
  expect(copy).toMatch(/\/sha384-[\w-]+\/localhost%3a\d+\/ports\/PORTS\.md$/);
  expect(readFileSync(copy, 'utf8')).toBe(registry);
  expect(await kept.read(source)).toMatchObject({ text: registry });
  expect(asked).toEqual([{ path: '/ports/PORTS.md?ref=main', etag: undefined }]);
});

test.each(['sha256', 'sha512'])('%s is a hash as well', async (algorithm) => {
  const { origin } = await harbourMaster(document(registry));
  const integrity = hashOf(registry, algorithm);
  expect(await copies().read({ path: `${origin}/PORTS.md`, integrity })).toEqual({ text: registry });
});

describe('refused is', () => {
  const integrity = hash;
  const refused = async (path: string, options?: Options) => {
    const kept = copies(options);
    const { text, why } = await kept.read({ path, integrity });
    expect(text).toBeUndefined();
    expect(existsSync(copyPath(kept.folder, { path, integrity }))).toBe(false);
    return why;
  };

  test('another file', async () => {
    const { origin } = await harbourMaster(document('# Other\n'));
    expect(await refused(`${origin}/PORTS.md`)).toBe(
      `its hash is ${hashOf('# Other\n')} and not the one in \`integrity\`; use it only after a look at the file.`,
    );
  });

  test('what is not there', async () => {
    const { origin } = await harbourMaster((_, response) => void response.writeHead(404).end('gone'));
    expect(await refused(`${origin}/PORTS.md`)).toBe(`${origin.slice(8)} answers 404 Not Found; check the address.`);
  });

  test('a 304 that nobody asked for', async () => {
    const { origin } = await harbourMaster((_, response) => void response.writeHead(304).end());
    expect(await refused(`${origin}/PORTS.md`)).toContain('answers 304 Not Modified');
  });

  test('what is too large, whether its length is told or not', async () => {
    const limits = { size: 1024 };
    const told = await harbourMaster((_, response) => void response.end('x'.repeat(1025)));
    const untold = await harbourMaster((_, response) => {
      const fill = () => {
        while (!response.destroyed && response.write('x'.repeat(500)));
        response.once('drain', fill);
      };
      fill();
    });
    for (const { origin } of [told, untold]) {
      expect(await refused(`${origin}/PORTS.md`, { limits, reach })).toBe(
        'it is larger than 1 KB; name a smaller file.',
      );
    }
  });

  test('what comes a byte at a time, or never', async () => {
    const limits = { time: 300 };
    const drips = await harbourMaster((_, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const sleeps = await harbourMaster(() => {});
    for (const { origin } of [drips, sleeps]) {
      expect(await refused(`${origin}/PORTS.md`, { limits, reach })).toBe(
        `${origin.slice(8)} has not sent it within 0.3 seconds; try again later.`,
      );
    }
  });

  test('what is packed', async () => {
    const { origin } = await harbourMaster((_, response) => {
      response.setHeader('content-encoding', 'gzip').end(gzipSync(registry));
    });
    expect(await refused(`${origin}/PORTS.md`)).toContain('sends it as gzip');
  });

  test('what is no text', async () => {
    const { origin } = await harbourMaster(document('a\0b'));
    const { why } = await copies().read({ path: `${origin}/PORTS.md`, integrity: hashOf('a\0b') });
    expect(why).toBe('it is not text; name a document.');
  });

  test('a server that nobody knows', async () => {
    const { origin } = await harbourMaster(document(registry));
    expect(await refused(`${origin}/PORTS.md`, { reach: { mayReach: () => true } })).toMatch(
      /^localhost:\d+ cannot be reached \(DEPTH_ZERO_SELF_SIGNED_CERT\); check the address and the network\.$/,
    );
  });

  test.each([
    ['https://127.0.0.1:9', '127.0.0.1:9 is at 127.0.0.1'],
    ['https://[::1]:9', '[::1]:9 is at ::1'],
    ['https://[::ffff:127.0.0.1]:9', '[::ffff:7f00:1]:9 is at ::ffff:7f00:1'],
    ['https://2130706433:9', '127.0.0.1:9 is at 127.0.0.1'],
    ['https://localhost:9', 'localhost:9 is at '],
  ])('%s, which is not on the internet', async (origin, sentence) => {
    const why = await refused(`${origin}/PORTS.md`, { reach: internet });
    expect(why).toContain(sentence);
    expect(why).toContain('which is not a public address; share it by npm, git or a path instead.');
  });
});

describe('redirects', () => {
  const to = (location: string) => harbourMaster((_, response) => void response.writeHead(302, { location }).end());

  test('are followed a few times', async () => {
    const { origin, asked } = await harbourMaster((request, response) => {
      const left = Number(request.url!.split('/')[1]);
      if (left === 0) response.end(registry);
      else response.writeHead(307, { location: `/${left - 1}/PORTS.md` }).end();
    });
    expect(await copies().read({ path: `${origin}/3/PORTS.md`, integrity: hash })).toEqual({ text: registry });
    expect(asked).toHaveLength(4);
    expect((await copies().read({ path: `${origin}/4/PORTS.md`, integrity: hash })).why).toBe(
      'it is redirected more than 3 times; name the address to which it leads.',
    );
  });

  test('in a circle come to an end', async () => {
    const { origin, asked } = await to('/PORTS.md');
    expect((await copies().read({ path: `${origin}/PORTS.md`, integrity: hash })).why).toContain('more than 3 times');
    expect(asked).toHaveLength(4);
  });

  test.each([
    ['http://harbour.example/PORTS.md', 'http://harbour.example'],
    ['file:///etc/passwd', 'file://'],
    ['https://pilot:secret@harbour.example/PORTS.md', 'https://harbour.example'],
  ])('to %s are not followed', async (location, shown) => {
    const { origin } = await to(location);
    const { why } = await copies().read({ path: `${origin}/PORTS.md`, integrity: hash });
    expect(why).toBe(`${origin.slice(8)} redirects it to ${shown}, and only https: is followed.`);
  });

  test('are checked as the first address was', async () => {
    const inner = await harbourMaster(document(registry));
    const { origin } = await to(`${inner.origin.replace('localhost', '127.0.0.1')}/PORTS.md`);
    // The name may be reached and the number not, as if the name were that of a public server.
    const mayReach = (address: string) => address !== '127.0.0.1' || numbers++ === 0;
    let numbers = 0;
    const { why } = await copies({ reach: { mayReach, ca: certificate } }).read({
      path: `${origin}/PORTS.md`,
      integrity: hash,
    });
    expect(why).toContain('is at 127.0.0.1, which is not a public address');
    expect(inner.asked).toEqual([]);
  });
});

describe('a copy', () => {
  const HOUR = 3_600_000;

  /** A server whose file may become another one, with a copy of what it was at first. */
  async function withCopy() {
    let now = HOUR;
    let answer = document(registry, '"1"');
    const master = await harbourMaster((...all) => answer(...all));
    const kept = copies({ now: () => now });
    const source = { path: `${master.origin}/PORTS.md`, integrity: hash };
    await kept.read(source);
    const later = async () => {
      now += HOUR;
      const { text, news } = await kept.read(source);
      return { text, news: await news };
    };
    return { ...master, kept, source, later, becomes: (text: string, etag: string) => (answer = document(text, etag)) };
  }

  test('is asked for once in an hour, by its tag', async () => {
    const { later, asked, kept, source } = await withCopy();
    expect(await later()).toEqual({ text: registry, news: undefined });
    expect(asked.at(-1)).toEqual({ path: '/PORTS.md', etag: '"1"' });
    await (await kept.read(source)).news;
    expect(asked).toHaveLength(2);
  });

  test('counts when there is another file by now, which is told', async () => {
    const { later, becomes, asked } = await withCopy();
    becomes('# Ports\n', '"2"');
    const news = `is another file by now, whose hash is ${hashOf('# Ports\n')}; look at it, and change \`integrity\`.`;
    expect(await later()).toEqual({ text: registry, news });
    expect(await later()).toEqual({ text: registry, news });
    expect(asked.at(-1)).toEqual({ path: '/PORTS.md', etag: '"2"' });
    becomes(registry, '"3"');
    expect(await later()).toEqual({ text: registry, news: undefined });
  });

  test('counts without a network', async () => {
    const { later, stop } = await withCopy();
    stop();
    expect(await later()).toEqual({ text: registry, news: undefined });
  });

  test('that somebody has changed is fetched anew', async () => {
    const { kept, source, asked, stop } = await withCopy();
    writeFileSync(copyPath(kept.folder, source), registry.replace('9006', '9007'));
    expect(await kept.read(source)).toEqual({ text: registry });
    expect(asked).toHaveLength(2);
    writeFileSync(copyPath(kept.folder, source), registry.replace('9006', '9007'));
    stop();
    expect((await kept.read(source)).why).toContain('cannot be reached');
  });

  test('needs no disk', async () => {
    const { origin } = await harbourMaster(document(registry));
    const kept = new Copies('/dev/null/none', { reach });
    expect(await kept.read({ path: `${origin}/PORTS.md`, integrity: hash })).toEqual({ text: registry });
  });

  test('whose notes are broken is asked for again', async () => {
    const { kept, source, asked } = await withCopy();
    writeFileSync(`${copyPath(kept.folder, source)}.state`, '{');
    expect(await (await kept.read(source)).news).toBeUndefined();
    expect(asked.at(-1)).toEqual({ path: '/PORTS.md', etag: undefined });
  });
});
