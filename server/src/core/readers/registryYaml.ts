import type { Claim, Problem } from '../facts.ts';
import { basename, dirname, isYaml } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { portWords } from '../vocabulary/keys.ts';
import { parseYaml } from '../yaml.ts';
import { entriesOf, listingsOf } from './listings.ts';
import { withoutPhysical } from './physicalPorts.ts';
import { keyWords } from './registryYaml/keyMeaning.ts';
import { describeDocument, isOtherFormat, readLegend } from './registryYaml/recognition.ts';
import { findClaims } from './registryYaml/walk.ts';

/** Reads registries that are written in YAML, or in JSON, which YAML holds: https://yaml.org/spec/1.2.2/#12-overview */
export const registryYaml: Reader = {
  kind: 'registry',
  globs: [
    '**/*{port,Port,PORT,puerto,PUERTO}*.{yaml,yml,json}',
    '**/*{port,Port,PORT,puerto,PUERTO}*/{services,registry,index,allocations,assignments,ranges}.{yaml,yml,json}',
  ],
  wants(path) {
    if (!isData(path)) return false;
    const name = stem(path);
    const isNamed = namesPorts(name) || (INSIDE.test(name) && namesPorts(basename(dirname(path))));
    return isNamed && !/(^|\/)(__fixtures__|fixtures|testdata|__tests__|__mocks__|node_modules)\//.test(path);
  },
  mayBeNamed: isData,
  read(text, path) {
    const { documents, refused } = parseYaml(text);
    if (refused) return { ...nothing, refused };
    if (documents.some(isOtherFormat)) return undefined;
    const form = /\.json$/i.test(path) ? 'json' : 'yaml';
    const legend = readLegend(text);
    const found: Claim[] = [];
    const problems: Problem[] = [];
    for (const document of documents) {
      const own = findClaims(document, form, legend);
      found.push(...own.claims);
      problems.push(...own.problems);
    }
    const claims = withoutPhysical(found);
    if (claims.length === 0 && problems.length === 0) return undefined;
    const isBroken = documents.some(({ errors }) => errors.length > 0);
    const kind = describeDocument({ path, text, document: documents[0]!, claims });
    const listings = form === 'yaml' ? listingsOf(text, entriesOf(text, claims)) : [];
    const shape = { ...(listings.length > 0 && { listings }), ...(isBroken && { isBroken }) };
    return { ...nothing, claims, problems, document: { ...kind, ...shape } };
  },
};

/** Names of files that are registries when they lie in a folder for ports. */
const INSIDE = /^(services|registry|index|allocations|assignments|ranges)$/i;

/** The words in the name of a registry in Portolan's own format, see schemas/registry.schema.json. */
const NATIVE = 'portolan registry';

/** Spares most names of a workspace from being cut into words. */
const MAY_NAME_PORTS = new RegExp([...portWords].join('|'), 'iu');

function isData(path: string): boolean {
  return isYaml(path) || /\.json$/i.test(path);
}

function stem(path: string): string {
  return basename(path).replace(/\.\w+$/, '');
}

function namesPorts(name: string): boolean {
  if (!MAY_NAME_PORTS.test(name)) return false;
  const words = keyWords(name);
  return words.join(' ') === NATIVE || (words.some((word) => portWords.has(word)) && !words.includes('compose'));
}
