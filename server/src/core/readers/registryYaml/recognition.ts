import type { Claim, DocumentKind, Side } from '../../facts.ts';
import { basename } from '../../path.ts';
import { withoutDirectives } from '../../suppressions.ts';
import type { Span } from '../../text.ts';
import { OWN_WORDS } from '../../vocabulary/documents.ts';
import { containerPortPhrases, hostPortPhrases } from '../../vocabulary/keys.ts';
import { anyPhrase } from '../../vocabulary/phrases.ts';
import { isMap, isSeq, type YamlDocument, type YamlScalar } from '../../yaml.ts';
import { standingIn } from '../standing.ts';
import type { Legend } from './context.ts';
import { keyWords } from './keyMeaning.ts';

/** The top-level keys that, together, tell a format that has its own reader, or none. */
const OTHER_FORMATS: readonly (readonly string[])[] = [
  ['apiVersion', 'kind'],
  ['openapi'],
  ['swagger'],
  ['asyncapi'],
  ['jobs', 'on'],
  ['lockfileVersion'],
  ['AWSTemplateFormatVersion'],
  ['$schema', 'properties'],
  ['$schema', 'definitions'],
  ['$schema', '$defs'],
  ['type', 'properties'],
];

/** Keys that a service has in a compose file and in no registry. */
const COMPOSE_KEYS = new Set(['image', 'build', 'extends', 'restart', 'volumes', 'networks', 'entrypoint', 'deploy']);

/** Whether the content shows that this is no registry: a compose file, a Kubernetes manifest, a schema, … */
export function isOtherFormat(document: YamlDocument): boolean {
  const entries = document.entries(document.root);
  const keys = new Set(entries.map(({ key }) => key));
  if (OTHER_FORMATS.some((format) => format.every((key) => keys.has(key)))) return true;
  const services = entries.find(({ key }) => key === 'services')?.value;
  return document.entries(services).some(({ value }) => {
    const own = document.entries(value);
    const ports = own.find(({ key }) => key === 'ports')?.value;
    const signs = own.filter(({ key }) => COMPOSE_KEYS.has(key)).length;
    return signs > 1 || (signs === 1 && isSeq(ports));
  });
}

/** The comment with which a text begins, without its signs and rulers. */
function leadingComment(text: string): string {
  const lines: string[] = [];
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/, MAX_COMMENT_LINES)) {
    if (!/^\s*(#.*|---\s*)?$/.test(line)) break;
    lines.push(line.replace(/^\s*#+|^---/, '').trim());
  }
  return withoutDirectives(lines.filter((line) => /\p{L}/u.test(line)).join('\n'));
}
const MAX_COMMENT_LINES = 200;

const HOST_PORT = anyPhrase(hostPortPhrases);
const CONTAINER_PORT = anyPhrase(containerPortPhrases);

/** The sides of keys, from comments that explain one key a line: `# prod: host port on the production server`. */
export function readLegend(text: string): Legend {
  const legend = new Map<string, Side>();
  for (const [, key, meaning] of text.matchAll(/^[ \t]*#[ \t]*([\w-]{1,40})[ \t]*:[ \t]*(\S.{0,200})$/gm)) {
    const host = HOST_PORT.test(meaning!);
    if (host !== CONTAINER_PORT.test(meaning!)) legend.set(keyWords(key!).join(' '), host ? 'host' : 'container');
  }
  return legend;
}

const REFERENCE =
  /\b(generated from|derived from|copied from|copy of|mirror of|assignments from|do not edit manually)\b/i;
const TRUTH = /\b(single source of truth|source of truth|canonical|authoritative|ssot)\b/i;
const ownWord = anyPhrase(OWN_WORDS);

/** What makes a file with claims a registry, and whether it governs or repeats. */
export function describeDocument(file: {
  path: string;
  text: string;
  document: YamlDocument;
  claims: readonly Claim[];
}): DocumentKind {
  const comment = leadingComment(file.text);
  const spoken = [comment, ...topTexts(file.document, ['_comment', '$comment', 'description']).map(textOf)].join('\n');
  const titled = topTexts(file.document, ['title', 'name'])[0];
  const title = titled?.value.trim() ?? spoken.split('\n').find((line) => line !== '');
  const titleSpan = titled?.span ?? spanOf(comment.split('\n')[0]!, file.text);
  const owners = new Set(file.claims.filter(({ role }) => role === 'assignment').map(({ service }) => service));
  const truth = (TRUTH.exec(spoken) ?? ownWord.exec(spoken))?.[0].toLowerCase();
  const standing = standingIn(file.path, title, spoken);
  const word = REFERENCE.exec(spoken)?.[0].toLowerCase();
  const repeats = standing.repeats ?? (word === undefined ? undefined : `it says "${word}"`);
  const isCanonical = repeats === undefined && (truth !== undefined || standing.replaces !== undefined);
  return {
    authority: repeats === undefined ? 'registry' : 'reference',
    ...(isCanonical && { canonical: true as const }),
    ...(title !== undefined && { title }),
    ...(titleSpan && { titleSpan }),
    because: [
      `named ${basename(file.path)}`,
      ...(truth === undefined ? [] : [`it says "${truth}"`]),
      ...(standing.replaces === undefined ? [] : [`it says that it replaces ${standing.replaces}`]),
      ...(repeats === undefined ? [] : [repeats]),
      `${owners.size} ${owners.size === 1 ? 'service' : 'services'} with ports`,
    ],
  };
}

function textOf({ value }: YamlScalar): string {
  return value.trim();
}

/** Where a line of the leading comment stands. */
function spanOf(line: string, text: string): Span | undefined {
  const start = line === '' ? -1 : text.indexOf(line);
  return start < 0 ? undefined : { start, end: start + line.length };
}

function topTexts(document: YamlDocument, keys: readonly string[]): YamlScalar[] {
  if (!isMap(document.root)) return [];
  const entries = document.entries(document.root);
  const texts = keys.map((key) => document.scalar(entries.find((entry) => entry.key === key)?.value));
  return texts.filter((text) => text !== undefined).filter(({ value }) => value.trim() !== '');
}
