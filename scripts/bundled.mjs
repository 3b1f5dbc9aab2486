import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A package of others of which some code is in our bundles.
 *
 * @typedef {object} Bundled
 * @property {string} name
 * @property {string} version
 * @property {string} license SPDX: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
 * @property {string} text The licence's text.
 * @property {string} place Where package-lock.json has it.
 */

/** Licences under which others may pass the code on with ours. */
const allowed = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

/**
 * The packages whose code esbuild has put into the bundles, by name and version. Refuses those under a licence that is
 * not allowed, and those of which there is no licence text.
 *
 * @param {string} root The built project.
 * @param {readonly string[]} [among] The bundles that count, such as `dist/cli.cjs`; without it all.
 * @returns {Bundled[]}
 */
export function bundledPackages(root, among) {
  /** @type {import('esbuild').Metafile['outputs']} */
  const bundles = JSON.parse(readFileSync(join(root, 'dist/bundles.json'), 'utf8'));
  const folders = new Set();
  for (const [bundle, { inputs }] of Object.entries(bundles)) {
    if (among && !among.includes(bundle)) continue;
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder && bytesInOutput > 0) folders.add(folder);
    }
  }
  const packages = [...folders].map((folder) => packageIn(folder, root));
  return packages.sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version));
}

/**
 * @param {string} folder
 * @param {string} root
 * @returns {Bundled}
 */
function packageIn(folder, root) {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const refused = String(license)
    .split(/[\s()]+|AND|OR|WITH/)
    .filter((id) => id !== '' && !allowed.includes(id));
  if (refused.length > 0) throw new Error(`${name} is under ${license}, which scripts/bundled.mjs does not allow.`);
  const place = folder.slice(folder.indexOf('node_modules/'));
  return { name, version, license, text: licenseText(join(root, folder), name, root), place };
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} root
 */
function licenseText(folder, name, root) {
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const paths = files.sort(compare).map((file) => join(folder, file));
  const ours = join(root, `scripts/licenses/${name}.txt`);
  if (paths.length === 0 && existsSync(ours)) paths.push(ours);
  if (paths.length === 0) throw new Error(`${name} comes without the text of its licence: write it into ${ours}.`);
  return paths.map((path) => readFileSync(path, 'utf8').replace(/\r\n?/g, '\n').trim()).join('\n\n');
}

/**
 * The notices that the licences ask for, as a document. Packages with the same text share it.
 *
 * @param {readonly Bundled[]} packages
 */
export function notices(packages) {
  /** @type {Map<string, Bundled[]>} */
  const byText = new Map();
  for (const one of packages) byText.set(one.text, [...(byText.get(one.text) ?? []), one]);
  const rows = packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  const texts = [...byText].map(([text, ones]) => {
    const names = ones.map(({ name, version }) => `${name} ${version}`).join(', ');
    return `## ${names}\n\n\`\`\`\`text\n${text}\n\`\`\`\`\n`;
  });
  return `# Third-party notices

Portolan holds code of these packages. This page is written by \`npm run notices\`.

| package | version | license |
| --- | --- | --- |
${rows.join('\n')}

${texts.join('\n')}`;
}

/**
 * By code units, so that the order is the same everywhere.
 *
 * @param {string} a
 * @param {string} b
 */
export function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
