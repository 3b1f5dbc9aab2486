import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is in a package of ours, as a CycloneDX document: https://cyclonedx.org/docs/1.5/json/. It has neither a time nor
 * a serial number, so that the same package always has the same one.
 *
 * @param {string} root The project.
 * @param {readonly import('./bundled.mjs').Bundled[]} packages
 */
export function sbom(root, packages) {
  const { name, version, description, license, homepage } = readJson(join(root, 'package.json'));
  const lock = readJson(join(root, 'package-lock.json')).packages;
  const own = purl(name, version);
  const known = new Map(packages.map((one) => [one.place, purl(one.name, one.version)]));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        ...{ type: 'application', 'bom-ref': own, name, version, description, purl: own },
        licenses: [{ license: { id: license } }],
        externalReferences: [{ type: 'website', url: homepage }],
      },
    },
    components: packages.map((one) => component(one, lock[one.place])),
    dependencies: [
      // All of it is in the bundles, whoever wanted it.
      { ref: own, dependsOn: [...known.values()] },
      ...packages.map(({ place }) => ({ ref: known.get(place), dependsOn: dependenciesOf(place, lock, known) })),
    ],
  };
}

/**
 * @param {import('./bundled.mjs').Bundled} bundled
 * @param {{ integrity: string }} locked
 */
function component({ name, version, license }, { integrity }) {
  const [algorithm, base64] = integrity.split('-');
  if (algorithm !== 'sha512') throw new Error(`package-lock.json has no SHA-512 of ${name}.`);
  const [own = '', scope] = name.split('/').reverse();
  return {
    ...{ type: 'library', 'bom-ref': purl(name, version), ...(scope && { group: scope }), name: own, version },
    hashes: [{ alg: 'SHA-512', content: Buffer.from(base64 ?? '', 'base64').toString('hex') }],
    licenses: /\s/.test(license)
      ? [{ expression: license.replace(/^\((.*)\)$/, '$1') }]
      : [{ license: { id: license } }],
    purl: purl(name, version),
  };
}

/**
 * Those of a package's dependencies that are bundled, each found where Node would find it: beside the package or in one
 * of the folders above.
 *
 * @param {string} place
 * @param {Record<string, { dependencies?: Record<string, string> }>} lock
 * @param {ReadonlyMap<string, string>} known
 */
function dependenciesOf(place, lock, known) {
  return Object.keys(lock[place]?.dependencies ?? {}).flatMap((name) => {
    for (let folder = place; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      const there = `${folder}${folder && '/'}node_modules/${name}`;
      if (lock[there]) return known.get(there) ?? [];
      if (folder === '') return [];
    }
  });
}

/**
 * https://github.com/package-url/purl-spec
 *
 * @param {string} name
 * @param {string} version
 */
function purl(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
