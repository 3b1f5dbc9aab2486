import type { Claim, Form, Problem, Side } from '../../facts.ts';
import { findPorts, type PortText } from '../../notation/portText.ts';
import { reachOf } from '../../notation/webAddress.ts';
import { hasPort } from '../../ports.ts';
import { withoutSecrets } from '../../secrets.ts';
import type { YamlScalar } from '../../yaml.ts';
import type { Context, Owner } from './context.ts';
import { keyWords } from './keyMeaning.ts';
import { readPorts } from './values.ts';

/** What the key of a port adds to its context. */
interface Telling {
  readonly side?: Side | undefined;
  /** What the port is for, as the key says: `http`. */
  readonly name?: string | undefined;
  readonly owner?: Owner | undefined;
}

/** Makes claims and problems of scalars, and keeps them. */
export class Collector {
  readonly claims: Claim[] = [];
  readonly problems: Problem[] = [];
  readonly #form: Form;
  /** Merge keys bring the same entry to several places. */
  readonly #seen = new Set<string>();

  constructor(form: Form) {
    this.#form = form;
  }

  /** Makes claims of a scalar that says ports, and nothing of any other. */
  read(scalar: YamlScalar, outer: Context, telling: Telling = {}): void {
    const value = readPorts(scalar);
    if (!value) return;
    const { note = scalar.comment, ...about } = outer.about;
    const context = note === undefined ? outer : { ...outer, about: { ...about, note: withoutSecrets(note) } };
    if (value.is === 'wrong') {
      const { is: _, ...problem } = value;
      if (!context.history) this.problems.push(problem);
    } else if (value.is === 'mapping') {
      const scope = value.address === undefined ? context.scope : { ...context.scope, address: value.address };
      this.add(value.host, { ...context, scope }, { ...telling, side: 'host' });
      this.add(value.container, context, { ...telling, side: 'container' });
    } else {
      for (const port of value.ports) this.add(port, context, telling);
    }
  }

  /** Makes a claim of a port. What tells of the past only makes claims of former ports. */
  add(
    { span, ...port }: PortText,
    context: Context,
    { side = context.side ?? 'any', name, owner }: Telling = {},
  ): void {
    if (context.history && context.role !== 'former') return;
    const named = owner ?? (name === undefined ? context.owner : joinOwners(context.owner, { name }));
    const identity = JSON.stringify([span.start, context.role, named?.name, side, context.scope]);
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    const { addresses = [], ...about } = aboutPort(port.port, context);
    this.claims.push({
      kind: 'claim',
      role: context.role,
      ...about,
      ...(context.role === 'assignment' && reachOf(addresses, context.scope.environment)),
      ...port,
      side,
      ...(named && { service: named.name }),
      ...(named?.span && { serviceSpan: named.span }),
      form: this.#form,
      span,
      scope: context.scope,
      section: context.section,
    });
  }
}

/** What the entry says, without a clash of which it tells that it is over another of its ports. */
function aboutPort(port: number, { about, clash }: Context): Context['about'] {
  const ports = clash === undefined ? [] : findPorts(clash);
  if (ports.length === 0 || ports.some((told) => hasPort(told, port))) return about;
  const { excused: _, clashes: __, ...rest } = about;
  return rest;
}

/** `kb-2` and `db` give `kb-2 db`; `redis` and `redis` stay one. */
export function joinOwners(owner: Owner | undefined, role: Owner): Owner {
  if (!owner) return role;
  const known = keyWords(owner.name);
  const isSaid = keyWords(role.name).every((word) => known.includes(word));
  return isSaid ? owner : { ...owner, name: `${owner.name} ${role.name}` };
}
