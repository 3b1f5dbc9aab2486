import type { Claim, ClaimRole, Form, Side } from '../../facts.ts';
import { mayBeYear } from '../../notation/portText.ts';
import {
  ABOUT_ADDRESSES,
  ATTRIBUTES,
  PORT_WORDS_ONLY,
  PORTS_OF_ONE,
  SIDES_ALONE,
  WELL_KNOWN,
} from '../../vocabulary/cells.ts';
import { anyPhrase, leadingPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import { CONTAINER_SIDE, HOST_SIDE, PORT, RANGE } from '../../vocabulary/portColumns.ts';
import { CROSS_REFERENCE, saysItClashes, TOLERATED } from '../../vocabulary/remarks.ts';
import { INTERNAL, roleInsteadOfName, type SpokenRole, spokenRole } from '../../vocabulary/roles.ts';
import { CLASH } from '../../vocabulary/sections.ts';
import type { Line } from './blocks.ts';
import type { Context } from './context.ts';
import { clean, extent, mask } from './inline.ts';
import { nameOf, outsideParentheses } from './names.ts';
import { type Pair, pairOf, servicePair } from './pairs.ts';
import { type PortItem, portItems } from './portCell.ts';
import { segmentsOf } from './segments.ts';

const portWord = anyPhrase(PORT);
const attribute = leadingPhrase(ATTRIBUTES);
const portQualifier = wholePhrase([...PORT_WORDS_ONLY, ...HOST_SIDE, ...CONTAINER_SIDE]);
const sideAlone = wholePhrase(SIDES_ALONE);
const ofOne = wholePhrase(PORTS_OF_ONE);
const aboutAddress = anyPhrase(ABOUT_ADDRESSES);
const rangeWord = anyPhrase(RANGE);
const hostWord = anyPhrase(HOST_SIDE);
const containerWord = anyPhrase(CONTAINER_SIDE);
const internalWord = anyPhrase(INTERNAL);
const clashWord = anyPhrase(CLASH);
const excusedWord = anyPhrase([...CROSS_REFERENCE, ...TOLERATED]);
const REACHED = /(?:localhost|0\.0\.0\.0|host\.docker\.internal|\d{1,3}(?:\.\d{1,3}){3}):/i;

/** `Frontend ports: 3000, 3002` tells a habit and names no service. */
const GROUP_OF_PORTS = /\b(?:ports|portas|puertos)$/i;

/** `compose.yaml: 9006:80` tells what stands in a file. */
const FILE = /^[\w./@-]*\.(?:ya?ml|json|toml|ini|conf|cfg|properties|env|sh|md|example|sample)$/i;

/** A name in a list is a label, not a sentence. */
const LONGEST_NAME = 7;

/**
 * Reads a line such as `9000 - API Gateway`, `Name: 54000` or, under a service's heading, `Port: 5433`.
 * @param strict only lines that begin with the port, which prose hardly does
 */
export function readLine(line: Line, context: Context, form: Form, strict: boolean): Claim[] {
  const entries = strict || context.silent ? [line] : entriesOf(line);
  return entries.flatMap((entry) => readEntry(entry, context, form, strict));
}

/** The entries of a line, each with a name and ports; the line itself where it is not made of several. */
export function entriesOf(line: Line): readonly Line[] {
  const segments = segmentsOf(line);
  return segments.length > 0 ? segments : [line];
}

function readEntry(line: Line, context: Context, form: Form, strict: boolean): Claim[] {
  const masked = mask(line.text);
  const pair = context.silent ? undefined : pairIn(masked, line.start, context, form);
  if (!pair || (strict && !pair.portFirst) || isStruck(pair, line)) return [];
  if (!pair.portFirst) {
    const role = listedRole(pair.name);
    if (role) return claimsOf(pair, undefined, { ...context, role }, form, role);
    const side = definedSide(pair.name);
    const about = context.item ?? context.subject;
    if (side) return about ? claimsOf(pair, about, { ...context, ...(side !== 'any' && { side }) }, form) : [];
    const part = clean(pair.name.replace(portWord.pattern, ' '));
    if (about !== undefined && part !== pair.name && ofOne.test(part))
      return claimsOf(pair, `${about} ${part}`, context, form);
    if (context.item !== undefined && context.role === undefined && ofOne.test(pair.name))
      return claimsOf(pair, `${context.item} ${pair.name}`, context, form);
    if (context.role !== 'forbidden' && !isOwner(pair.name)) return [];
    if (pair.reached && !isReached(pair.name)) return [];
  }
  return isLikely(pair, masked, context) ? claimsOf(pair, pair.name || undefined, context, form) : [];
}

/** `9000: ~~crane~~ (gone)`: the name is taken back, and what is left of it is a remark. */
function isStruck({ portFirst, name, start }: Pair, line: Line): boolean {
  return portFirst && /^[（(]/.test(name) && /(?:~~|<\/(?:del|s)>)\s*$/i.test(line.text.slice(0, start - line.start));
}

function pairIn(masked: string, base: number, context: Context, form: Form): Pair | undefined {
  const pair = pairOf(masked, base) ?? bannedPorts(masked, base, context);
  return pair ?? (form === 'fence' ? servicePair(masked, base) : undefined);
}

/** `- 6000-6063` below “Never use”: a ban needs nobody. */
function bannedPorts(masked: string, base: number, { role }: Context): Pair | undefined {
  if (role !== 'forbidden' || /\p{L}/u.test(outsideParentheses(masked))) return undefined;
  const items = portItems(masked, base);
  return items.length > 0 ? { name: '', start: base, part: '', items, remark: '', portFirst: true } : undefined;
}

/** Reads a line such as `Reserved: 9004, 9012`, of which one alone among sentences says all. */
export function readListed(line: Line, context: Context, form: Form): Claim[] {
  const pair = context.silent ? undefined : pairOf(mask(line.text), line.start);
  const role = pair && !pair.portFirst ? listedRole(pair.name) : undefined;
  return pair && role ? claimsOf(pair, undefined, { ...context, role }, form, role) : [];
}

/** Reads a line that tells a port of the service around it, such as `Host port: 9006`, and no other. */
export function readProperty(line: Line, context: Context): Claim[] {
  const pair = pairOf(mask(line.text), line.start);
  const side = pair && !pair.portFirst && portWord.test(pair.name) ? definedSide(pair.name) : undefined;
  if (!pair || !side || context.subject === undefined) return [];
  return claimsOf(pair, context.subject, { ...context, ...(side !== 'any' && { side }) }, 'table');
}

/** `Reserved ports: 9004, 9012` and `Do not use: 8080` name no owner. */
function listedRole(name: string): SpokenRole | undefined {
  const words = nameOf(clean(name.replace(portWord.pattern, ' '))) ?? name;
  const role = roleInsteadOfName(words);
  return role && spokenRole(words) === role ? role : undefined;
}

/** `Port`, `Host port`, `Porta interna`, `Container`: not an owner, but a property of the service that is told of. */
function definedSide(name: string): Side | undefined {
  if (sideAlone.test(name)) return hostWord.test(name) ? 'host' : 'container';
  if (!portWord.test(name) || rangeWord.test(name)) return undefined;
  const rest = name.replace(portWord.pattern, ' ').replace(/[()]/g, ' ').trim();
  if (rest !== '' && !rest.split(/\s+/).every((word) => portQualifier.test(word))) return undefined;
  const host = hostWord.test(rest);
  return host === containerWord.test(rest) ? 'any' : host ? 'host' : 'container';
}

function isOwner(name: string): boolean {
  if (FILE.test(name)) return false;
  if ([clashWord, attribute, rangeWord, GROUP_OF_PORTS].some((pattern) => pattern.test(name))) return false;
  return /\p{L}/u.test(name) && name.split(/\s+/).length <= LONGEST_NAME && !/[.!?;]\s/.test(name);
}

/** Whether it is a service that stands before an address, and not what the address is for, a variable or a domain. */
function isReached(name: string): boolean {
  return !ofOne.test(name) && !aboutAddress.test(name) && !/^[A-Z][A-Z\d]*_[A-Z\d_]+$|\.\p{L}{2,}$/u.test(name);
}

/** Small numbers and years are ports only where something says so. */
function isLikely({ items, portFirst }: Pair, masked: string, { role }: Context): boolean {
  if (role === 'forbidden' || portWord.test(masked)) return true;
  return items.every(({ port, endPort }) => {
    if (endPort === undefined && mayBeYear({ port })) return false;
    return (endPort ?? port) >= 1000 || WELL_KNOWN.has(port) || (portFirst && port >= 100);
  });
}

/** @param listed the role for which the name stands */
function claimsOf(pair: Pair, owner: string | undefined, context: Context, form: Form, listed?: SpokenRole): Claim[] {
  const text = `${pair.name} ${pair.remark}`;
  const instead = listed ?? roleInsteadOfName(pair.portFirst ? pair.name : pair.remark);
  const shown = pair.reached || REACHED.test(pair.remark) ? 'host' : undefined;
  return pair.items.map((item): Claim => {
    const { label, name: _, address, side, open, ...port } = item;
    const role = roleOf(context, instead, item);
    const taken = role === 'forbidden' && /\p{L}/u.test(label ?? '') ? label : undefined;
    const isNobodys = role === 'free' || (instead && (pair.portFirst || instead !== 'reserved'));
    const service = isNobodys ? undefined : (taken ?? owner);
    const span = service === pair.name ? extent(pair.part, pair.start) : undefined;
    return {
      kind: 'claim',
      role,
      ...port,
      side: side ?? shown ?? context.side ?? 'any',
      ...(service !== undefined && { service }),
      form,
      scope: { ...context.scope, ...(address !== undefined && { address }) },
      section: context.section,
      ...(span && { serviceSpan: span }),
      ...((context.internal || internalWord.test(text)) && { internal: true as const }),
      // An address repeats what is given elsewhere, maybe in other words: `website: http://localhost:3000`.
      ...((context.excused || pair.reached || excusedWord.test(text)) && { excused: true as const }),
      ...(saysItClashes(text) && { clashes: true as const }),
    };
  });
}

function roleOf(context: Context, instead: ClaimRole | undefined, item: PortItem): ClaimRole {
  if (context.role === 'forbidden') return 'forbidden';
  if (instead) return instead;
  if (item.endPort !== undefined || item.open) return 'range';
  return context.role ?? 'assignment';
}
