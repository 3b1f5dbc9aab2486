import type { Include, Member, NginxBlock, NginxFacts, Route, Standing } from '../../nginxFacts.ts';
import { isPort } from '../../notation/portText.ts';
import { ownCopy, type Span } from '../../text.ts';
import { addressVariable, parseTarget, variableName, type Written } from './address.ts';
import { type Directive, isTable } from './tree.ts';
import type { Scope, Variables } from './variables.ts';

/** The directives that hand requests on over HTTP, to the port that a service is known by. */
const PASSES: ReadonlySet<string> = new Set(['proxy_pass', 'grpc_pass']);

/** Variables of variables are followed this far. */
const HOPS = 8;

/** A name that one can register: no pattern, no wildcard, and more than one label. */
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/** Finds out how the traffic goes through a file: from which servers and locations to where. */
export function readRoutes(root: readonly Directive[], variables: Variables): NginxFacts {
  const reader = new RouteReader(root, variables);
  return { routes: reader.routes, members: reader.members, includes: reader.includes, blocks: reader.blocks };
}

/** Filled in step by step, which is far cheaper than to spread one object into the other. */
type Draft = { -readonly [Key in keyof Route]: Route[Key] };

class RouteReader {
  readonly routes: Route[] = [];
  readonly members: Member[] = [];
  readonly includes: Include[] = [];
  readonly blocks: NginxBlock[] = [];
  readonly #variables: Variables;

  constructor(root: readonly Directive[], variables: Variables) {
    this.#variables = variables;
    this.#visit({ block: root }, {}, undefined);
  }

  #visit(scope: Scope, standing: Standing, group: string | undefined): void {
    for (const directive of scope.block) {
      const { name, block } = directive;
      const [first] = directive.arguments;
      if (block !== undefined) {
        if (name === 'upstream' || name === 'server') this.blocks.push(blockOf(directive, name, block));
        const inside = name === 'upstream' && first ? ownCopy(first.text) : undefined;
        if (!isTable(directive)) this.#visit({ block, parent: scope }, standingIn(directive, block, standing), inside);
      } else if (first === undefined) continue;
      else if (name === 'include') this.includes.push({ ...standing, pattern: ownCopy(first.text) });
      else if (name === 'server' && group !== undefined) this.#member(first, scope, group);
      else if (PASSES.has(name)) this.#route(first, scope, standing);
    }
  }

  #member(word: Written, scope: Scope, group: string): void {
    const found = this.#destination(word, scope, HOPS);
    if (found) this.members.push(Object.assign(found, { group }));
  }

  #route(word: Written, scope: Scope, standing: Standing): void {
    const found = this.#destination(word, scope, HOPS);
    if (!found) return;
    const { domains, location } = standing;
    if (domains !== undefined) found.domains = domains;
    if (location !== undefined) found.location = location;
    this.routes.push(found);
  }

  /** The one destination that an address names; `undefined` where a variable leaves a choice, or nothing to read. */
  #destination(word: Written, scope: Scope, hops: number): Draft | undefined {
    const target = parseTarget(word);
    if (target === undefined || hops === 0) return undefined;
    if (target.port === undefined) {
      const name = addressVariable(target.host);
      if (name !== undefined) {
        const value = this.#only(name, scope);
        return value && this.#destination(value, scope, hops - 1);
      }
    }
    const host = this.#host({ text: target.host, start: target.hostStart }, scope);
    const port = target.port && this.#port(target.port, scope);
    if (host === undefined || (target.port && !port)) return undefined;
    const found: Draft = { host: ownCopy(host.text), hostSpan: spanOf(host) };
    if (!port) return found;
    found.port = Number(port.text);
    found.portSpan = spanOf(port);
    return found;
  }

  #host(host: Written, scope: Scope): Written | undefined {
    const name = variableName(host.text);
    const written = (name === undefined ? undefined : this.#only(name, scope)) ?? host;
    const { text } = written;
    return /[${}\s:/]/.test(text) && !/^\[[\da-f:]+\]$/i.test(text) ? undefined : written;
  }

  #port(written: Written, scope: Scope): Written | undefined {
    const name = variableName(written.text);
    const digits = name === undefined ? written : this.#only(name, scope);
    return digits && /^\d+$/.test(digits.text) && isPort(Number(digits.text)) ? digits : undefined;
  }

  #only(name: string, scope: Scope): Written | undefined {
    const values = this.#variables.find(name, scope)?.values;
    return values?.length === 1 ? values[0] : undefined;
  }
}

function spanOf({ text, start }: Written): Span {
  return { start, end: start + text.length };
}

/** What stands around the directives of a block. */
function standingIn(directive: Directive, block: readonly Directive[], outer: Standing): Standing {
  if (directive.name === 'server') return { domains: domainsOf(block) };
  if (directive.name !== 'location') return outer;
  const { domains } = outer;
  const path = pathOf(directive);
  if (path === undefined) return domains ? { domains } : {};
  const location = ownCopy(path);
  return domains ? { domains, location } : { location };
}

function blockOf(directive: Directive, kind: NginxBlock['kind'], block: readonly Directive[]): NginxBlock {
  const { span } = directive;
  const named = kind === 'upstream' ? directive : block.find(({ name }) => name === 'server_name');
  const words = named?.arguments ?? [];
  const [first, last] = [words[0], words[words.length - 1]];
  const ownWord = { start: span.start, end: span.start + kind.length };
  const nameSpan = first && last ? { start: first.start, end: last.start + last.text.length } : ownWord;
  const name = words.length === 1 ? first!.text : words.map(({ text }) => text).join(' ');
  return { kind, name: ownCopy(name), nameSpan, span };
}

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#server_name */
function domainsOf(block: readonly Directive[]): string[] {
  const domains: string[] = [];
  for (const { name, arguments: words } of block) {
    if (name !== 'server_name') continue;
    for (const { text } of words) {
      const domain = text.toLowerCase().replace(/^\./, '');
      if (DOMAIN.test(domain)) domains.push(ownCopy(domain));
    }
  }
  return domains;
}

/**
 * The path that a location stands for. One that matches `/` exactly is a single page and not the site.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
function pathOf({ arguments: words }: Directive): string | undefined {
  const modifier = words.length > 1 ? words[0]!.text : '';
  const path = words[words.length > 1 ? 1 : 0]?.text;
  if (!path?.startsWith('/') || !(modifier === '' || modifier === '=' || modifier === '^~')) return undefined;
  return modifier === '=' && path === '/' ? undefined : path;
}
