import type { Claim, ClaimRole, Form, Side } from '../../facts.ts';
import { findPorts } from '../../portText.ts';
import { ATTRIBUTES, PORT_WORDS_ONLY, WELL_KNOWN } from '../../vocabulary/cells.ts';
import { CONTAINER_SIDE, HOST_SIDE, PORT, RANGE } from '../../vocabulary/columns.ts';
import { namesEnvironment } from '../../vocabulary/environments.ts';
import { anyPhrase, leadingPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import {
  CROSS_REFERENCE,
  INTERNAL,
  roleInsteadOfName,
  type SpokenRole,
  spokenRole,
  TOLERATED,
} from '../../vocabulary/roles.ts';
import { CLASH } from '../../vocabulary/sections.ts';
import type { Line } from './blocks.ts';
import type { Context } from './context.ts';
import { clean, extent, mask } from './inline.ts';
import { nameOf } from './names.ts';
import { type PortItem, portItems } from './portCell.ts';

/** One line of a list, a map or plain text, split at its sign into a name and ports, in either order. */
interface Pair {
  readonly name: string;
  readonly nameStart: number;
  readonly items: readonly PortItem[];
  /** What follows the ports or the name. */
  readonly remark: string;
  /** The ports come first. */
  readonly portFirst: boolean;
}

const WORD = '(?:ports?|portas?|puertos?|端口|포트|ポート|порты?)';
const PORT_FIRST = new RegExp(
  `^\\s*(?:${WORD}[\\s:]*)?(\\d{1,5}(?:\\s?[-–—−~〜]\\s?\\d{1,5})?(?:\\s?[,/+&]\\s?\\d{1,5}(?:\\s?[-–—]\\s?\\d{1,5})?)*\\+?(?:\\s?[/(](?:tcp|udp)(?:/(?:tcp|udp))?\\)?)?)\\s*(?:[-–—=→:：|]|->|=>)+\\s*`,
  'iu',
);
const NAME_FIRST = /^([^:：=→]{1,80}?)\s*(?:[:：=→]|\s[-–—]|->|=>)\s*/u;
const VALUE = new RegExp(`^[\\s~]*(?:${WORD}[\\s:]*)?:?\\d{1,5}(?![\\d.]*[.:]\\d)`, 'iu');
const portWord = anyPhrase(PORT);
const attribute = wholePhrase(ATTRIBUTES);
const attributeStart = leadingPhrase(ATTRIBUTES);
const portQualifier = wholePhrase(PORT_WORDS_ONLY);
const rangeWord = anyPhrase(RANGE);
const hostWord = anyPhrase(HOST_SIDE);
const containerWord = anyPhrase(CONTAINER_SIDE);
const internalWord = anyPhrase(INTERNAL);
const clashWord = anyPhrase(CLASH);
const excusedWord = anyPhrase([...CROSS_REFERENCE, ...TOLERATED]);
const MEASURE = /^\d*\s*(?:ports?|ms|s|sec\w*|min\w*|mb|gb|kb|%|x|times|services?|users?|lines?)(?![\p{L}])/iu;
/** `Frontend ports: 3000, 3002` tells a habit and names no service. */
const GROUP_OF_PORTS = /(?:\bports|\bportas|\bpuertos)$/i;
const REACHED = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|\d{1,3}(?:\.\d{1,3}){3}):/i;

/** Reads a line such as `9000 - API Gateway`, `Name: 54000` or, under a service's heading, `Port: 5433`. */
export function readLine(line: Line, context: Context, form: Form, strict: boolean): Claim[] {
  const masked = mask(line.text);
  const pair = portFirst(masked, line.start) ?? (strict ? undefined : nameFirst(masked, line.start));
  if (!pair || (context.silent && context.role === undefined)) return [];
  const listed = !pair.portFirst && listedRole(pair.name);
  if (listed) return claimsOf(pair, '', { ...context, role: listed }, form);
  const definition = !pair.portFirst && definitionOf(pair.name);
  if (definition)
    return context.subject?.title ? claimsOf(pair, context.subject.title, context, form, definition.side) : [];
  if (!pair.portFirst && context.role !== 'forbidden' && !isOwner(pair.name)) return [];
  if (!isLikely(pair, masked, context)) return [];
  return claimsOf(pair, pair.name, context, form);
}

function portFirst(masked: string, base: number): Pair | undefined {
  const match = PORT_FIRST.exec(masked);
  if (!match) return undefined;
  const items = portItems(match[1]!, base + match[0].indexOf(match[1]!));
  const rest = masked.slice(match[0].length);
  const name = nameOf(clean(rest)) ?? '';
  if (
    items.length === 0 ||
    !/\p{L}/u.test(name) ||
    (/^\d/.test(name) && MEASURE.test(name)) ||
    findPorts(name)[0]?.span.start === 0
  ) {
    return undefined;
  }
  return { name, nameStart: base + match[0].length, items, remark: '', portFirst: true };
}

function nameFirst(masked: string, base: number): Pair | undefined {
  const match = NAME_FIRST.exec(masked);
  const name = match && nameOf(clean(match[1]!));
  if (!match || !name) return undefined;
  const value = masked.slice(match[0].length);
  if (!VALUE.test(value)) return undefined;
  const items = portItems(value, base + match[0].length);
  const last = items.at(-1);
  if (!last) return undefined;
  const remark = value.slice(last.span.end - base - match[0].length);
  if (
    MEASURE.test(remark) ||
    !/^\s*(?:$|[（(+✅❌⚠️—–/|,;#]|-\s|\p{Extended_Pictographic})/u.test(clean(remark) && remark)
  )
    return undefined;
  return { name, nameStart: base, items, remark: clean(remark), portFirst: false };
}

/** `Reserved ports: 9004, 9012` and `Do not use: 8080` name no owner. */
function listedRole(name: string): SpokenRole | undefined {
  const role = roleInsteadOfName(name);
  return role && spokenRole(name) === role ? role : undefined;
}

/** `Port`, `Host port`, `Porta interna`: a property of the service whose details are told. */
function definitionOf(name: string): { side: Side } | undefined {
  if (!portWord.test(name) || rangeWord.test(name)) return undefined;
  const rest = name.replace(portWord, ' ').replace(/[()]/g, ' ').trim();
  if (
    rest !== '' &&
    !rest.split(/\s+/).every((word) => portQualifier.test(word) || hostWord.test(word) || containerWord.test(word))
  ) {
    return undefined;
  }
  const host = hostWord.test(rest);
  const side = host === containerWord.test(rest) ? 'any' : host ? 'host' : 'container';
  return { side };
}

function isOwner(name: string): boolean {
  if (clashWord.test(name) || attribute.test(name) || attributeStart.test(name) || rangeWord.test(name)) return false;
  if (GROUP_OF_PORTS.test(name)) return false;
  return /\p{L}/u.test(name) && name.split(/\s+/).length <= 7 && !/[.!?;]\s/.test(name);
}

/** Small numbers and years are ports only where something says so. */
function isLikely({ items, portFirst }: Pair, masked: string, { role }: Context): boolean {
  if (role === 'forbidden' || portWord.test(masked)) return true;
  return items.every(({ port, endPort }) => {
    if (port >= 1990 && port <= 2039 && endPort === undefined) return false;
    return port >= 1000 || WELL_KNOWN.has(port) || (endPort ?? 0) >= 1000 || (portFirst && port >= 100);
  });
}

function claimsOf(pair: Pair, owner: string, context: Context, form: Form, side?: Side): Claim[] {
  const text = `${pair.name} ${pair.remark}`;
  const instead = pair.portFirst ? roleInsteadOfName(pair.name) : roleInsteadOfName(pair.remark);
  const span = owner === pair.name ? spanOf(pair) : undefined;
  return pair.items.map((item): Claim => {
    const { label, name: _, address, side: arrow, open, ...port } = item;
    const role = roleOf(context, instead, item);
    const forbidden = role === 'forbidden' && label !== undefined && /\p{L}/u.test(label) ? label : undefined;
    const service = instead || role === 'free' ? undefined : (forbidden ?? (owner || undefined));
    const shown = REACHED.test(pair.remark) ? 'host' : undefined;
    return {
      kind: 'claim',
      role,
      ...port,
      side: side && side !== 'any' ? side : (arrow ?? shown ?? context.side ?? 'any'),
      ...(service !== undefined && { service }),
      form,
      scope: { ...context.scope, ...(address !== undefined && { address }) },
      section: context.section,
      ...(span && service !== undefined && !forbidden && { serviceSpan: span }),
      ...((context.internal || internalWord.test(text)) && { internal: true as const }),
      ...(excusedWord.test(text) && { excused: true as const }),
    };
  });
}

function spanOf({ name, nameStart }: Pair) {
  return extent(name, nameStart);
}

function roleOf(context: Context, instead: ClaimRole | undefined, item: PortItem): ClaimRole {
  if (context.role === 'forbidden') return 'forbidden';
  if (instead) return instead;
  if (item.endPort !== undefined || item.open) return 'range';
  return context.role ?? 'assignment';
}

const USES = /^\s*(.{2,60}?) (?:uses|is on|runs on|listens on) (?:port )?$/i;

/** `Development: Grafana uses 3000, Mission Control uses 3001`: what a known clash has come to. */
export function readUsage(line: Line, context: Context, form: Form): Claim[] {
  const masked = mask(line.text);
  const head = /^([^:]{2,40}):/.exec(masked);
  if (!head || !namesEnvironment(head[1]!)) return [];
  let from = head[0].length;
  const claims: Claim[] = [];
  for (const { span, ...port } of findPorts(masked)) {
    const subject = USES.exec(masked.slice(from, span.start).replace(/^[\s,;]*(?:and )?/, ''))?.[1];
    const place = { start: line.start + span.start, end: line.start + span.end };
    if (subject) claims.push(usage(clean(subject), port, place, clean(head[1]!), context, form));
    from = span.end;
  }
  return claims;
}

function usage(
  service: string,
  port: { port: number; endPort?: number },
  span: Claim['span'],
  environment: string,
  context: Context,
  form: Form,
): Claim {
  return {
    kind: 'claim',
    role: 'assignment',
    ...port,
    side: 'any',
    service,
    form,
    span,
    scope: { environment },
    section: context.section,
  };
}
