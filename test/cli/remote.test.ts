import { expect, test } from 'vitest';
import { Copies } from '../../server/src/configuration/remote/copies.ts';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';
import { certificate, document, harbourMaster, hashOf } from '../support/harbourMaster.ts';

const portolan = commandLine();

/** A workspace whose settings name a registry on a server, and the copies of a user who has read it once. */
async function fetched() {
  const { origin, stop } = await harbourMaster(document(registry));
  const root = folderWith({
    'portolan.yaml': `registries:\n  - url: ${origin}/ports/PORTS.md?token=s3cret\n    integrity: ${hashOf(registry)}\n`,
    'compose.yaml': compose,
  });
  const cache = folderWith({});
  const reach = { mayReach: () => true, ca: certificate };
  const source = { path: `${origin}/ports/PORTS.md?token=s3cret`, integrity: hashOf(registry) };
  await new Copies(`${cache}/portolan/remote`, { reach }).read(source);
  stop();
  return { origin, root, env: { XDG_CACHE_HOME: cache } };
}

test('a copy is read without a network, if that is allowed, and is told by its URL', async () => {
  const { origin, root, env } = await fetched();
  const run = portolan(root, ['check', '--allow-remote', '--format', 'json'], env);
  expect(run).toMatchObject({ status: 1, err: '' });
  const [finding] = JSON.parse(run.out).findings;
  expect(finding).toMatchObject({ rule: 'port-mismatch', registry: `${origin}/ports/PORTS.md:5` });
  expect(finding.related[0].file).toBe(`${origin}/ports/PORTS.md`);
  expect(portolan(root, ['registries', '--allow-remote'], env).out).toContain(`${origin}/ports/PORTS.md\n`);
  for (const format of ['stylish', 'sarif', 'github', 'gitlab', 'junit', 'rdjson']) {
    const { out } = portolan(root, ['check', '--allow-remote', '--format', format], env);
    expect(out, format).not.toContain(env.XDG_CACHE_HOME);
    expect(out, format).not.toContain('s3cret');
  }
  const { runs } = JSON.parse(portolan(root, ['check', '--allow-remote', '--format', 'sarif'], env).out);
  const [related] = runs[0].results[0].relatedLocations;
  expect(related.physicalLocation.artifactLocation).toEqual({ uri: `${origin}/ports/PORTS.md` });
});

test('without leave nothing is read, and it is said how to give it', async () => {
  const { origin, root, env } = await fetched();
  const run = portolan(root, ['check'], env);
  expect(run).toMatchObject({ status: 0 });
  expect(run.err).toBe(
    `portolan: portolan.yaml:2:10: \`${origin}/ports/PORTS.md\` cannot be read, because nothing is read from other machines; allow it with --allow-remote.\n`,
  );
});

test('this machine is no place to fetch from', async () => {
  const { origin, root } = await fetched();
  const run = portolan(root, ['check', '--allow-remote'], { XDG_CACHE_HOME: folderWith({}) });
  expect(run.status).toBe(0);
  expect(run.err).toMatch(/cannot be read, because localhost:\d+ is at [\d.:]+, which is not a public address/);
  expect(run.err).toContain(origin);
});

test('no fix and no move changes a copy', async () => {
  const { root, env } = await fetched();
  const fixed = portolan(root, ['check', '--allow-remote', '--fix-dry-run'], env);
  expect(fixed.out).toContain('-      - "9007:8000"');
  const moved = portolan(root, ['move', 'reports-web', '9011', '--allow-remote'], env);
  expect(moved).toMatchObject({ status: 1, out: '' });
  expect(moved.err).toContain('Nothing is moved: ');
});

test('settings that cannot be fetched are an error', () => {
  const root = folderWith({
    'portolan.yaml': `extends:\n  url: https://ports.harbour.example/portolan.yaml\n  integrity: ${hashOf('')}\n`,
  });
  const run = portolan(root, ['check']);
  expect(run.status).toBe(2);
  expect(run.err).toContain('portolan.yaml:2:8: `https://ports.harbour.example/portolan.yaml` cannot be read, because');
});
