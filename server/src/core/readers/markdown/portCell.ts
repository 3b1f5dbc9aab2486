import type { Side } from '../../facts.ts';
import { findPorts, type PortText, plainPort } from '../../notation/portText.ts';
import { SIDES_ALONE } from '../../vocabulary/cells.ts';
import { anyPhrase, wholePhrase } from '../../vocabulary/phrases.ts';
import { HOST_SIDE } from '../../vocabulary/portColumns.ts';
import { CLASH } from '../../vocabulary/sections.ts';
import { clean } from './inline.ts';

/** A port as a cell or the value of a list item states it. */
export interface PortItem extends PortText {
  /** The name before it (`api:3000`, ``api `3000` ``). */
  readonly name?: string;
  /** The words in parentheses behind it. */
  readonly label?: string;
  /** The address before it (`127.0.0.1:8000`). */
  readonly address?: string;
  /** `5434+`: this port and those after it. */
  readonly open?: true;
  /** Told by an arrow: `3110→3010` publishes 3110 for the container's 3010. */
  readonly side?: Side;
}

const PARENTHESES = /[（(][^()（）]*[)）]/g;
const URL_PATH = /(:\/\/[^\s/]*)(\/\S*)/g;
/** What compose takes unless a variable is set: `${BOW_PORT:-4016}`. */
const VARIABLE = /\$\{[A-Za-z_]\w{0,60}:?-(\d{2,5})\}/g;
const ADDRESS = /(?:^|[\s("'])(localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]{2,40}\]):$/i;
const NAME_COLON = /([\p{L}<{][\p{L}\p{N}_.<>{}-]{0,80}):$/u;
/** `8080:80` is how Docker writes `8080→80`. */
const ARROW = /^(?::|\s*(?:→|->|=>|➜|⇒|➡️?)\s*(?:(?:container|internal)(?: port)?\s*)?)$/iu;
const PROTOCOL_SUFFIX = /^\s?\/(?:tcp|udp)/i;
const LABEL = /^[^,;/&+\d]{0,12}?[（(]([^()（）]{1,60})[)）]/;
const NOT_A_PORT = /\b(?:pid|id|v|version|process|line|rev)[\s:#]*$/i;
/** `4038, formerly 4039`: the port before is the one that counts. */
const FORMERLY =
  /(?<![\p{L}\p{N}])(?:formerly|previously|was|vorher|früher|ehemals|bisher|antes|anteriormente|avant|anciennement|раньше|ранее|以前|旧|原|이전|기존)[\s:：]{0,10}$/iu;
const SCHEME = /:\/\/$/;
const PORT_OR_PLACE = /^(?:ports?|portas?|puertos?|host|container|tcp|udp|http|https|localhost|internal|external)$/i;
const clash = anyPhrase(CLASH);

/** More letters than this outside parentheses make a sentence, not a list of ports. */
const SENTENCE = 80;

/**
 * The ports of a table cell or of a list item's value, which holds little else: lists, ranges, `name:port`,
 * `name port`, `host→container`, URLs. Remarks in parentheses are left out unless they are all that there is.
 */
export function portItems(masked: string, base: number): PortItem[] {
  const alone = plainPort(masked, base);
  if (alone) return [alone];
  const blank = (text: string) => ' '.repeat(text.length);
  const plain = masked.includes('${')
    ? masked.replace(
        VARIABLE,
        (whole, port: string) => `${whole.slice(0, -port.length - 1).replace(/./g, ' ')}${port} `,
      )
    : masked;
  const text = plain.replace(URL_PATH, (_, host: string, path: string) => host + blank(path));
  const outside = text.replace(PARENTHESES, blank);
  if (outside.replace(/[^\p{L}]/gu, '').length > SENTENCE) return [];
  const read = /[\p{L}\d]/u.test(outside) ? outside : text.replace(/[()（）]/g, ' ');
  const ports = findPorts(read);
  const items = ports
    .map((port, i) => itemAt(port, ports[i - 1], ports[i + 1], read, text, base))
    .filter((item) => item !== undefined);
  return items.length === 2 ? withToldSides(items, text, base) : items;
}

/** `4015 (host) / 3000 (container)`, `host 4015, container 3000`: two ports of which words tell the sides. */
function withToldSides(items: readonly PortItem[], text: string, base: number): PortItem[] {
  const [first, second] = items as [PortItem, PortItem];
  const parts = text.slice(first.span.end - base, second.span.start - base).split(/[,;/|+]/);
  const before = text.slice(0, first.span.start - base);
  const one = sideInWords(before) ?? sideInWords(parts[0]!);
  const other = sideInWords(parts.at(-1)!) ?? sideInWords(text.slice(second.span.end - base));
  if (!one || !other || one === other) return [...items];
  return [
    { ...first, side: one },
    { ...second, side: other },
  ];
}

/** The side of which a few words beside a port speak: `(host)`, `in the container`. */
function sideInWords(words: string): Side | undefined {
  const bare = clean(words.replace(/[()（）:：]/g, ' ')).replace(FILLERS, '');
  if (!sideAlone.test(bare)) return undefined;
  return hostWord.test(bare) ? 'host' : 'container';
}

const FILLERS = /^(?:(?:on|in|inside|at|from|im|auf dem|en el|no|dans le|sur l['’]) ?)?(?:the )?/i;
const sideAlone = wholePhrase(SIDES_ALONE);
const hostWord = anyPhrase(HOST_SIDE);

function itemAt(
  port: PortText,
  previous: PortText | undefined,
  next: PortText | undefined,
  read: string,
  text: string,
  base: number,
): PortItem | undefined {
  const before = read.slice(previous?.span.end ?? 0, port.span.start);
  const after = read.slice(port.span.end, next?.span.start ?? read.length);
  if (NOT_A_PORT.test(before) || FORMERLY.test(before)) return undefined;
  const address = ADDRESS.exec(before)?.[1];
  const name = address === undefined ? nameBefore(before) : undefined;
  const label = LABEL.exec(text.slice(port.span.end))?.[1];
  const arrow = sideByArrow(before, after, previous, next);
  if (arrow === 'container' && isRedirect(previous, port)) return undefined;
  const side = arrow === 'host' && isRedirect(port, next) ? undefined : arrow;
  const protocol = port.protocol ?? (side === 'host' ? next?.protocol : undefined);
  return {
    ...port,
    ...(protocol && { protocol }),
    ...(name !== undefined && { name }),
    ...(label !== undefined && { label: clean(label) }),
    ...(address !== undefined && address !== 'localhost' && { address }),
    ...(side !== undefined && { side }),
    ...(/^\s?\+(?!\s?\d)/.test(after) && { open: true as const }),
    span: { start: base + port.span.start, end: base + port.span.end },
  };
}

/** `80→443` sends browsers on and maps nothing. */
function isRedirect(from: PortText | undefined, to: PortText | undefined): boolean {
  return from?.port === 80 && to?.port === 443;
}

function sideByArrow(before: string, after: string, previous?: PortText, next?: PortText): Side | undefined {
  if (next && ARROW.test(after)) return 'host';
  return previous && ARROW.test(before.replace(PROTOCOL_SUFFIX, '')) ? 'container' : undefined;
}

function nameBefore(before: string): string | undefined {
  const colon = NAME_COLON.exec(before);
  if (colon && !SCHEME.test(before)) return clean(colon[1]!);
  const words = clean(before.slice(Math.max(...[...',;/|+&→'].map((sign) => before.lastIndexOf(sign))) + 1));
  if (!/^[\p{L}][\p{L}\p{N}_. -]{1,60}$/u.test(words) || PORT_OR_PLACE.test(words) || clash.test(words))
    return undefined;
  return words;
}
