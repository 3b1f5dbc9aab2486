import type { Span } from './text.ts';

/** What stands around a directive of nginx in its own file. */
export interface Standing {
  /** The plain `server_name`s of the server around it, in lower case. Missing outside of any `server`. */
  readonly domains?: readonly string[];
  /** The path of the `location` around it. Missing outside of any, and where a pattern or a name stands instead. */
  readonly location?: string;
}

/** A host that traffic is sent to, and its port where the digits are written. */
export interface Destination {
  readonly host: string;
  readonly hostSpan: Span;
  readonly port?: number;
  readonly portSpan?: Span;
}

/** Where nginx sends the requests that reach a place. A host without a port may be the name of an upstream group. */
export interface Route extends Standing, Destination {}

/** One server of an upstream group. */
export interface Member extends Destination {
  readonly group: string;
}

/** A directive that takes in other files. https://nginx.org/en/docs/ngx_core_module.html#include */
export interface Include extends Standing {
  /** As written: a path or a glob. */
  readonly pattern: string;
}

/** A server, or an upstream group. */
export interface NginxBlock {
  readonly kind: 'server' | 'upstream';
  /** The names of the server, or of the group. */
  readonly name: string;
  /** Where the name is written, else the directive's own word. */
  readonly nameSpan: Span;
  /** From the directive's name to behind the closing brace. */
  readonly span: Span;
}

/** How the traffic goes through one file. */
export interface NginxFacts {
  readonly routes: readonly Route[];
  readonly members: readonly Member[];
  readonly includes: readonly Include[];
  readonly blocks: readonly NginxBlock[];
}
