import type { Form, Problem, Side, Use, UseRole } from '../../facts.ts';
import { type HostPort, hostKind } from '../../notation/hostPort.ts';
import { type Expansion, expand, UNKNOWN, type Values } from '../../notation/interpolation.ts';
import { isPort } from '../../notation/portText.ts';
import { ownCopy, type Span } from '../../text.ts';

/** What a file tells of: a compose service, whatever runs the image of a Dockerfile, or a program that a script starts. */
export interface Owner {
  /** Left out where the file names nobody. */
  readonly name?: string;
  readonly container?: string;
  /** Where its process listens: `host` when it shares the network of the host, `any` when it may run here or there. */
  readonly side: Side;
}

/** The part of a use that a text in the place of a port tells. */
export type Port = Pick<Use, 'port' | 'endPort' | 'via' | 'span'>;

/** A use that has been recorded, for whoever knows more of it. */
export type UseDraft = { -readonly [Key in keyof Use]: Use[Key] };

const NOBODY: ReadonlySet<string> = new Set();
const NONE: readonly never[] = [];

const PORT = new RegExp(`^[\\d${UNKNOWN}]+$`);

/** A text at its place in a file. */
export interface PlacedText {
  readonly source: string;
  readonly span: Span;
}

/** What is found of containers in one file. */
export class Findings {
  readonly uses: Use[] = [];
  /** By the offset at which they stand: a fragment that several services share is wrong only once. */
  #problems: Map<number, Problem> | undefined;
  readonly #services: ReadonlySet<string>;
  readonly #form: Form;
  #mappings = 0;

  /** Takes how the file is written, and the names of its services. */
  constructor(form: Form, services: ReadonlySet<string> = NOBODY) {
    this.#form = form;
    this.#services = services;
  }

  get problems(): readonly Problem[] {
    return this.#problems ? [...this.#problems.values()] : NONE;
  }

  /** A number for the two sides of one more entry of `ports`. */
  nextMapping(): number {
    return this.#mappings++;
  }

  /**
   * Expands a text. `${PORT:80}` is a problem if a port is expected here, or if the variable calls itself one;
   * elsewhere the number may mean anything.
   * @param values the variables that the file itself sets
   */
  expand({ source, span: { start } }: PlacedText, expectsPort: boolean, values?: Values): Expansion {
    const text = expand(source, start, values);
    if (text.malformed.length === 0) return text;
    for (const { name, value, span } of text.malformed) {
      if (!/^\d{1,5}$/.test(value) || !isPort(Number(value)) || !(expectsPort || /port/i.test(name))) continue;
      this.problem({ span, message: missingDash(name, value), instead: `\${${name}:-${value}}` });
    }
    return text;
  }

  problem(problem: Problem): void {
    this.#problems ??= new Map();
    this.#problems.set(problem.span.start, problem);
  }

  /**
   * Reads a single port; 0 is none and no problem either, since programs take it for "any". One that is put together
   * from several texts stands nowhere as such, and is left to their variables.
   */
  port(text: Expansion, from: number, to: number): Port | undefined {
    const digits = text.text.slice(from, to);
    if (!PORT.test(digits)) return undefined;
    const span = text.span(from, to);
    const via = text.via(from, to);
    const known = !digits.includes(UNKNOWN) && text.isWritten(from, to);
    const port = known ? Number(digits) : null;
    if (port !== null && port > 65535) this.problem(noPort(digits, span));
    if (port !== null && !isPort(port)) return undefined;
    return via.length > 0 ? { port, span, via } : { port, span };
  }

  /** Records a use of the service itself, and gives it back. */
  own(owner: Owner, role: UseRole, port: Port | undefined, more?: Partial<Use>): UseDraft | undefined {
    if (!port) return undefined;
    const use = this.#use(owner, role, port);
    use.side = owner.side;
    if (owner.name !== undefined) {
      use.service = owner.name;
      if (owner.container !== undefined) use.container = owner.container;
    }
    if (more) Object.assign(use, more);
    this.uses.push(use);
    return use;
  }

  /**
   * Records what an address refers to. A plain name is a service on the same network; the machine's own address, or any
   * other, is on the host side. `localhost` is given no owner: in the environment of a container it may be the container
   * itself as well as what the user's browser reaches. Names in other networks are left out.
   */
  reference(owner: Owner, role: UseRole, address: HostPort, text: Expansion, isPublic = false): void {
    const port = this.port(text, address.from, address.to);
    const { host } = address;
    // The name of a service may hold dots, as in `worker-1.2`.
    const kind = this.#services.has(host) ? 'name' : hostKind(host);
    if (!port || kind === 'every' || kind === 'domain' || kind === 'unknown') return;
    const use = this.#use(owner, role, port);
    use.host = ownCopy(host);
    if (kind === 'name') {
      use.side = 'container';
      use.service = use.host;
    } else if (kind === 'machine' || isPublic || owner.side === 'host') use.side = 'host';
    this.uses.push(use);
  }

  /** What all uses tell. Filled in step by step, which is far cheaper than to spread one object into the other. */
  #use({ name }: Owner, role: UseRole, { port, endPort, via, span }: Port): UseDraft {
    const use: UseDraft = { kind: 'use', role, side: 'any', form: this.#form, port, span };
    if (endPort !== undefined) use.endPort = endPort;
    if (via !== undefined) use.via = via;
    if (name !== undefined) use.within = name;
    return use;
  }
}

/** A colon without a dash is no default: https://docs.docker.com/reference/compose-file/interpolation/ */
function missingDash(name: string, value: string): string {
  return `\${${name}:${value}} lacks the dash that makes ${value} the default: \${${name}:-${value}}.`;
}

/** The problem of a number that no port has. */
export function noPort(digits: string, span: Problem['span']): Problem {
  return { span, message: `${digits} is not a port: ports go from 1 to 65535.` };
}
