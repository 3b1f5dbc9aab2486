import type { Problem, Use, UseRole } from '../../facts.ts';
import { type Destination, destination } from '../../notation/destination.ts';
import { isPort } from '../../notation/portText.ts';
import { ownCopy } from '../../text.ts';
import { addressVariable, environmentName, parseListen, parseTarget, variableName, type Written } from './address.ts';
import { type Directive, isTable } from './tree.ts';
import type { Scope, Variables } from './variables.ts';

/** Directives that send traffic to the address in their first argument. */
const PASSES: ReadonlySet<string> = new Set([
  'proxy_pass',
  'grpc_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'memcached_pass',
  'pass',
]);

const ANYWHERE: Destination = { side: 'any' };

const WILDCARDS: ReadonlySet<string> = new Set(['*', '0.0.0.0', '::']);

/** Variables of variables are followed this far. */
const HOPS = 8;

/** A port that is one of so many says nothing about one service. */
const CHOICES = 20;

/** Filled in step by step, which is far cheaper than to spread one object into the other. */
type Draft = { -readonly [Key in keyof Use]: Use[Key] };

/**
 * Collects the places in a configuration at which a port stands. `template` says that `envsubst` fills the file in:
 * https://hub.docker.com/_/nginx, "Using environment variables in nginx configuration".
 */
export class UseCollector {
  readonly uses: Use[] = [];
  readonly problems: Problem[] = [];
  readonly #variables: Variables;
  readonly #template: boolean;
  readonly #followed = new Set<unknown>();
  readonly #reached = new Set<string>();

  constructor(root: readonly Directive[], variables: Variables, template: boolean) {
    this.#variables = variables;
    this.#template = template;
    this.#visit({ block: root }, undefined);
  }

  #visit(scope: Scope, within: Directive | undefined): void {
    for (const directive of scope.block) {
      this.#read(directive, scope, within);
      if (directive.block && !isTable(directive)) this.#visit({ block: directive.block, parent: scope }, directive);
    }
  }

  #read(directive: Directive, scope: Scope, within: Directive | undefined): void {
    const first = directive.arguments[0];
    if (first === undefined) return;
    if (directive.name === 'listen' && (within === undefined || within.name === 'server')) {
      const datagram = directive.arguments.slice(1).some(({ text }) => text === 'udp' || text === 'quic');
      this.#listen(first, datagram ? 'udp' : 'tcp');
    } else if (directive.name === 'server' && within?.name === 'upstream' && directive.block === undefined) {
      this.#upstream(first, within.arguments[0]?.text);
    } else if (PASSES.has(directive.name)) {
      this.#pass(first, scope, HOPS);
    }
  }

  #listen(word: Written, protocol: 'tcp' | 'udp'): void {
    const listen = parseListen(word);
    const use = listen && this.#add(listen.port, 'listen', ANYWHERE);
    if (!use) return;
    use.protocol = protocol;
    const address = listen.host?.replace(/^\[(.*)\]$/, '$1');
    if (address !== undefined && !WILDCARDS.has(address) && !/[${}]/.test(address)) use.address = ownCopy(address);
  }

  #upstream(word: Written, group: string | undefined): void {
    const address = parseTarget(word);
    const use = address?.port && this.#add(address.port, 'upstream', destination(address.host));
    if (use && group && use.service === undefined) use.service = ownCopy(group);
  }

  #pass(word: Written, scope: Scope, hops: number): void {
    const address = parseTarget(word);
    if (address === undefined) return;
    if (address.port === undefined) {
      const variable = this.#variable(addressVariable(address.host), scope);
      if (variable === undefined || hops === 0 || this.#followed.has(variable)) return;
      this.#followed.add(variable);
      for (const value of variable.values) this.#pass(value, scope, hops - 1);
      return;
    }
    const target = destination(this.#host(address.host, scope));
    for (const port of this.#ports(address.port, scope)) {
      const isOwn = hops === HOPS && port === address.port;
      if (isOwn || this.#isNew(port, target.host)) this.#add(port, 'proxy', target);
    }
  }

  /** Whether what variables lead to is reached for the first time with the host that is asked there. */
  #isNew({ start }: Written, host = ''): boolean {
    const known = this.#reached.size;
    return this.#reached.add(`${start} ${host}`).size > known;
  }

  #variable(name: string | undefined, scope: Scope) {
    return name === undefined ? undefined : this.#variables.find(name, scope);
  }

  /** The host as it will be, where it is a variable with one possible value. */
  #host(text: string, scope: Scope): string {
    const values = this.#variable(variableName(text), scope)?.values;
    const only = values?.length === 1 ? parseTarget(values[0]!) : undefined;
    return only !== undefined && only.port === undefined ? only.host : text;
  }

  /** The places of the digits that a port stands for: its own, or those of the variable's values. */
  #ports(port: Written, scope: Scope): readonly Written[] {
    const values = this.#variable(variableName(port.text), scope)?.values;
    if (values === undefined) return [port];
    return values.length > CHOICES ? [] : values.filter(({ text }) => /^\d+$/.test(text));
  }

  /** Records a port with where it leads, unless nginx refuses it, and gives the use back. */
  #add({ text, start }: Written, role: UseRole, { side, host, service }: Destination): Draft | undefined {
    const variable = environmentName(text);
    const span = { start, end: start + text.length };
    const message = variable === undefined ? this.#wrong(text) : undefined;
    if (message !== undefined) this.problems.push({ span, message });
    if (message !== undefined || !(variable !== undefined || /^\d/.test(text))) return undefined;
    const use: Draft = { kind: 'use', role, side, form: 'nginx', port: null, span };
    if (variable === undefined) {
      const { port, endPort } = rangeOf(text);
      use.port = port;
      if (endPort !== port) use.endPort = endPort;
    } else use.via = [ownCopy(variable)];
    if (host !== undefined) use.host = host;
    if (service !== undefined) use.service = service;
    this.uses.push(use);
    return use;
  }

  /** Why nginx refuses a port. https://github.com/nginx/nginx/blob/master/src/core/ngx_inet.c (`ngx_parse_inet_url`) */
  #wrong(text: string): string | undefined {
    if (/^\d/.test(text)) {
      const { port, endPort } = rangeOf(text);
      if (!isPort(port) || !isPort(endPort)) return `${text} is not a port: ports go from 1 to 65535.`;
      return port > endPort ? `The range ${text} runs backwards.` : undefined;
    }
    const fallback = this.#template && /^\$\{\w+:?[-=?+]/.test(text);
    return fallback
      ? `envsubst knows no default values: nginx is given ${text} as it stands and refuses it`
      : undefined;
  }
}

/** The digits of a port, or of a range. */
function rangeOf(text: string): { port: number; endPort: number } {
  const dash = text.indexOf('-');
  const port = Number(dash < 0 ? text : text.slice(0, dash));
  return { port, endPort: dash < 0 ? port : Number(text.slice(dash + 1)) };
}
