import type { NginxFacts } from './nginxFacts.ts';
import type { LineMap, Span } from './text.ts';

/**
 * The vocabulary: what readers find in one file. A claim is what a registry says, a use is what a configuration file
 * does. Everything here follows from the path and the text of that one file.
 */

/** `host`: what someone outside the container reaches. `container`: what the process listens on. `any`: not told. */
export type Side = 'host' | 'container' | 'any';

export type Protocol = 'tcp' | 'udp' | 'sctp';

export type ClaimRole =
  /** this service uses this port */
  | 'assignment'
  /** this block belongs to this group */
  | 'range'
  /** kept for later */
  | 'reserved'
  /** never use, or taken by others */
  | 'forbidden'
  /** listed as available */
  | 'free'
  /** the port that the service has left */
  | 'former';

export type UseRole =
  /** the port on the host through which a container is reached */
  | 'published'
  /** the port inside the container to which a published one leads */
  | 'target'
  /** a port that a container offers to others in its network */
  | 'exposed'
  /** a port on which a server of the file itself listens */
  | 'listen'
  /** a server behind a name to which traffic is sent */
  | 'upstream'
  /** where traffic is sent */
  | 'proxy'
  /** a variable that tells a process its port */
  | 'environment'
  /** a port that is asked whether the service is well */
  | 'healthcheck'
  /** a port on the command line of a process */
  | 'command'
  /** a port in a label that a proxy or a monitor reads */
  | 'label'
  /** a port in an address of another service */
  | 'url';

/** The notation in which a fact is written. */
export type Form =
  | 'table'
  | 'list'
  | 'heading'
  | 'text'
  | 'fence'
  | 'yaml'
  | 'json'
  | 'compose'
  | 'nginx'
  | 'dotenv'
  | 'dockerfile'
  | 'prometheus'
  | 'kubernetes'
  | 'traefik'
  | 'caddy'
  | 'package'
  | 'workflow'
  | 'devcontainer'
  | 'systemd'
  | 'procfile'
  | 'makefile';

/** A port or a range of ports at its place in a file. */
interface PortFact {
  readonly port: number;
  /** The last port of a range, inclusive. */
  readonly endPort?: number;
  readonly protocol?: Protocol;
  readonly side: Side;
  /** The owner, as the file calls it. */
  readonly service?: string;
  /** The container's own name, where the file tells it apart from the service. */
  readonly container?: string;
  readonly form: Form;
  /** The digits, or the range's text. */
  readonly span: Span;
}

/** Where a claim holds. A missing field means everywhere. All are the registry's own words. */
export interface Scope {
  /** Development, prod, staging, … */
  readonly environment?: string;
  /** A host, node or site on which the port is used. */
  readonly machine?: string;
  readonly project?: string;
  /** The compose file or folder that a row limits itself to. */
  readonly path?: string;
  /** The address that the port is bound to. */
  readonly address?: string;
}

/** One statement of a registry. */
export interface Claim extends PortFact {
  readonly kind: 'claim';
  readonly role: ClaimRole;
  readonly scope: Scope;
  /** The headings (or keys) above the claim, outermost first, numbers and ranges taken off. */
  readonly section: readonly string[];
  /** Other names of the service, as the registry itself tells them. */
  readonly aliases?: readonly string[];
  /** Where the service's name is written, if it is on the claim's own line. */
  readonly serviceSpan?: Span;
  /** The registry calls the port internal, not exposed, not published. */
  readonly internal?: true;
  /** The registry itself says that this row is only a cross-reference or a known, tolerated conflict. */
  readonly excused?: true;
  /** The row itself says that it clashes with another one. */
  readonly clashes?: true;
  /** For a range: the document says that no port of its own may lie outside. */
  readonly binding?: true;
  /** The folder in which the row says that its service lies, without `./` and a slash at its end. */
  readonly folder?: string;
  /** A sentence or cell that explains the row. */
  readonly note?: string;
  /** What the other cells of its row say, whose titles tell nothing that is known. */
  readonly beside?: string;
  /** The domains under which the service is reached, in lower case; `grafana.*` for a mere subdomain. */
  readonly domains?: readonly string[];
  /** The paths under which the service is reached, such as `/api/orders`. */
  readonly routes?: readonly string[];
}

/** One place in a configuration file where a port stands. */
export interface Use extends Omit<PortFact, 'port'> {
  readonly kind: 'use';
  readonly role: UseRole;
  /** `null` when only a variable without a default stands here. */
  readonly port: number | null;
  /** The variables that decide over the port, outermost first: `${A:-${B:-80}}` gives A, B. */
  readonly via?: readonly string[];
  /** For `published`: the address that it is bound to, where written. */
  readonly address?: string;
  /** The host that a reference (`upstream`, `proxy`, `url`, `healthcheck`) names, as written: `api`, `localhost`. */
  readonly host?: string;
  /** The compose service or program in which the use stands; of a Service in a manifest, the workload to which it leads. */
  readonly within?: string;
  /** The same number for the published and the target port of one entry. */
  readonly mapping?: number;
  /** The variable of the container whose value this is. */
  readonly variable?: string;
}

/** A service that a compose file defines. */
export interface Service {
  readonly name: string;
  readonly span: Span;
  /** `container_name` */
  readonly container?: string;
  readonly hostname?: string;
  readonly image?: string;
  /** Other names under which networks know it. */
  readonly aliases: readonly string[];
  readonly networkMode?: string;
  /** Empty: always active. */
  readonly profiles: readonly string[];
  /** The files whose variables its container is given; they play no part in interpolation. */
  readonly envFiles?: readonly string[];
  /** The service that it starts from, in the same file or in another one. */
  readonly extends?: { readonly service: string; readonly path?: string };
  /** The roles of uses that replace those of files merged before this one, instead of joining them. */
  readonly replaces?: readonly UseRole[];
  /** From what its image is built, where that is a folder and not a repository elsewhere. */
  readonly build?: Build;
}

/** How compose builds the image of a service: https://docs.docker.com/reference/compose-file/build/ */
export interface Build {
  /** The folder, as the compose file writes it, relative to its own. */
  readonly context: string;
  /** Relative to the context. */
  readonly dockerfile: string;
  /** The stage that is built instead of the last one. */
  readonly target?: string;
  /** The compose file says itself what the container runs, so that the image's own command does not count. */
  readonly overridesCommand?: true;
  /** The names of the build arguments that the compose file sets. */
  readonly args?: readonly string[];
}

/** An image that a Dockerfile can build: https://docs.docker.com/reference/dockerfile/#from */
export interface Stage {
  readonly name?: string;
  /** What a container of it does, with what the stages below it say. */
  readonly uses: readonly Use[];
}

/** A variable with a port as value, as a dotenv file sets it. */
export interface Variable {
  readonly name: string;
  readonly port: number;
  readonly span: Span;
}

/** Something that the file itself says wrongly, such as port 70000. */
export interface Problem {
  readonly span: Span;
  readonly message: string;
  /** The text that would be right, where there is only one. */
  readonly instead?: string;
}

/** An ignore comment. */
export interface Suppression {
  /** The comment's directive, for `unused-suppression`. */
  readonly span: Span;
  /** The first and the last line that it silences, 0-based, inclusive. */
  readonly lines: readonly [first: number, last: number];
  /** Empty: every rule. */
  readonly rules: readonly string[];
}

/** `registry`: the governing document. `reference`: a document that repeats assignments. */
type Authority = 'registry' | 'reference';

/** What a column of a table holds; `other` is anything that only people read. */
export type Column = 'port' | 'container port' | 'service' | 'container' | 'protocol' | 'path' | 'other';

/** A markdown table of assignments: what one must know to add a row to it. */
export interface Table {
  readonly columns: readonly Column[];
  /** From the first row's text to the end of the last one's, in front of its line break. */
  readonly body: Span;
  readonly lineBreak: string;
  /** Whether rows begin and end with a pipe. */
  readonly outerPipes: boolean;
  /** How the cells of each column are written. */
  readonly styles: readonly CellStyle[];
}

/** How the cells of a column are written, where all are written alike. */
export interface CellStyle {
  /** What stands on both sides of every text: a backtick, stars, or nothing. */
  readonly mark: string;
  /** How wide the cells are, where all rows have their pipes in the same places; 0 otherwise. */
  readonly width: number;
}

/** Entries of a registry that are written alike, one below the other: what one must know to add one. */
export interface Listing {
  /** The entries in the order of the text, each from the start of its first line. */
  readonly entries: readonly { readonly port: number; readonly span: Span }[];
  /** From the first entry's first line to the end of the last one's last, in front of its line break. */
  readonly body: Span;
  /** What stands in front of, between and behind an entry's port and its service. */
  readonly around: readonly [string, string, string];
  /** Whether the port stands in front of the service. */
  readonly portFirst: boolean;
  readonly lineBreak: string;
}

/** What makes a document a registry, or a reference, in words for `portolan registries` and hovers. */
export interface DocumentKind {
  readonly authority: Authority;
  /** It says of itself that it decides, or that it replaces another one. */
  readonly canonical?: true;
  readonly title?: string;
  /** Where the title stands. */
  readonly titleSpan?: Span;
  /** The folder that it governs, where the settings say so and not its own place. */
  readonly governs?: string;
  /** How the settings name it, when it lies elsewhere than what it governs. */
  readonly name?: string;
  readonly because: readonly string[];
  readonly tables?: readonly Table[];
  readonly listings?: readonly Listing[];
  /** The text does not parse as a whole, so that more may be written there than could be read. */
  readonly isBroken?: true;
}

/** Why a text was not read at all. */
export type Refusal = 'too long' | 'nested too deeply';

/** What a reader makes of one text. */
export interface Reading {
  readonly claims: readonly Claim[];
  readonly uses: readonly Use[];
  readonly services: readonly Service[];
  readonly variables: readonly Variable[];
  readonly problems: readonly Problem[];
  /** The name of the compose project, where the file tells it. */
  readonly project?: string;
  /** The compose files that a compose file includes. */
  readonly includes?: readonly string[];
  /** The stages of a Dockerfile that have names. Its `uses` are those of the last stage, which is the one built. */
  readonly stages?: readonly Stage[];
  /** Present when the file is a document with claims. */
  readonly document?: DocumentKind;
  /** Present when the file is one of nginx. */
  readonly nginx?: NginxFacts;
  /** Present when the text was not read, so that nothing is known of the file. */
  readonly refused?: Refusal;
  /** Present when the reader has counted the lines already. */
  readonly lines?: LineMap;
}

export type FileKind =
  | 'registry'
  | 'compose'
  | 'nginx'
  | 'dotenv'
  | 'dockerfile'
  | 'prometheus'
  | 'kubernetes'
  | 'traefik'
  | 'caddy'
  /** package.json, for its scripts */
  | 'package'
  /** of GitHub Actions */
  | 'workflow'
  | 'devcontainer'
  | 'systemd'
  | 'procfile'
  | 'makefile'
  /** a README or a document for agents that assigns no ports itself */
  | 'guide';

/** All that is known of one file. Follows from its path and text alone and keeps no text. */
export interface FileFacts extends Reading {
  /** With `/`, absolute or relative to whatever the caller works in; never interpreted beyond its segments. */
  readonly path: string;
  readonly kind: FileKind;
  readonly lines: LineMap;
  readonly suppressions: readonly Suppression[];
  /** A program writes this file, so that edits by hand do not last. */
  readonly isGenerated: boolean;
  /** Some of its bytes were no text, so that the file cannot be written again as it was. */
  readonly isLossy?: true;
}
