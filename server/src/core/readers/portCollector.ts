import type { Form, Problem, Use, UseRole } from '../facts.ts';
import { destination } from '../notation/destination.ts';
import { isPort } from '../notation/portText.ts';
import { ownCopy } from '../text.ts';
import { noPort, type Port } from './container/findings.ts';

/** What a use tells besides its port. */
type Circumstances = Omit<Use, 'kind' | 'form' | 'port' | 'endPort' | 'span' | 'via'>;

/** Collects the ports that one file writes in plain digits, each place once, since an alias leads to a place again. */
export class PortCollector {
  readonly uses: Use[] = [];
  readonly problems: Problem[] = [];
  readonly #form: Form;
  readonly #seen = new Set<number>();
  #mappings = 0;

  constructor(form: Form) {
    this.#form = form;
  }

  /** A number for the ports that stand for each other in one more entry. */
  nextMapping(): number {
    return this.#mappings++;
  }

  /** The port that a text is; `undefined` for other texts, for 0 and, which is a problem, for numbers that no port has. */
  port(digits: string, start: number): Port | undefined {
    if (!/^\d{1,6}$/.test(digits)) return undefined;
    const port = Number(digits);
    const span = { start, end: start + digits.length };
    if (port > 65535 && !this.#seen.has(start)) this.problems.push(noPort(digits, span));
    if (port > 65535) this.#seen.add(start);
    return isPort(port) ? { port, span } : undefined;
  }

  add(port: Port | undefined, circumstances: Circumstances): void {
    if (!port || this.#seen.has(port.span.start)) return;
    this.#seen.add(port.span.start);
    this.uses.push({ kind: 'use', form: this.#form, ...port, ...circumstances });
  }

  /**
   * Records where traffic is sent, as the name of the host tells.
   * @param service whom the file says to mean, which counts where the host is no name of a container
   */
  send(role: UseRole, host: string, port: Port | undefined, service?: string): void {
    this.add(port, { role, ...(service !== undefined && { service: ownCopy(service) }), ...destination(host) });
  }
}
