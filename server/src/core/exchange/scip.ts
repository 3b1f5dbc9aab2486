import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Claim } from '../facts.ts';
import type { Index } from '../model/index.ts';
import { isWithin } from '../path.ts';
import { lastOf } from '../ports.ts';
import type { LineMap, Span } from '../text.ts';

/** Numbers of messages and fields: https://github.com/sourcegraph/scip/blob/main/scip.proto */
const INDEX = { metadata: 1, documents: 2, externalSymbols: 3 };
const METADATA = { toolInfo: 2, projectRoot: 3, textDocumentEncoding: 4 };
const TOOL_INFO = { name: 1 };
const DOCUMENT = { relativePath: 1, occurrences: 2, symbols: 3, positionEncoding: 6 };
const OCCURRENCE = { range: 1, symbol: 2, symbolRoles: 3 };
const SYMBOL = { symbol: 1, documentation: 3, displayName: 6 };
const UTF8 = 1;
const UTF16_UNITS = 2;
const DEFINITION = 1;

interface Occurrence {
  readonly span: Span;
  readonly symbol: string;
  readonly isDefinition: boolean;
}

/**
 * An index of a repository's ports in the format SCIP: the claim of a port is its definition, each use a reference. A
 * port has the same symbol in every repository, so that an engine that knows many indexes finds the uses of all.
 * @param folder the repository's folder; what lies outside is left out
 */
export function scipIndex(index: Index, repository: string, folder: string): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(INDEX.metadata, WireType.LengthDelimited).fork();
  writer.tag(METADATA.toolInfo, WireType.LengthDelimited).fork();
  writer.tag(TOOL_INFO.name, WireType.LengthDelimited).string('portolan').join();
  writer.tag(METADATA.projectRoot, WireType.LengthDelimited).string(`file://${encodeURI(folder)}`);
  writer.tag(METADATA.textDocumentEncoding, WireType.Varint).int32(UTF8).join();
  for (const { path, lines, claims, document } of index.files()) {
    if (!isWithin(path, folder)) continue;
    const definitions = document?.authority === 'registry' ? claims.filter(isDefinition) : [];
    const found = [...definitions.map((claim) => occurrence(claim, true)), ...references(index, path)];
    if (found.length === 0) continue;
    writer.tag(INDEX.documents, WireType.LengthDelimited).fork();
    writer.tag(DOCUMENT.relativePath, WireType.LengthDelimited).string(path.slice(folder.length + 1));
    for (const one of found) writeOccurrence(writer, one, lines);
    writeSymbols(writer, definitions, repository);
    writer.tag(DOCUMENT.positionEncoding, WireType.Varint).int32(UTF16_UNITS).join();
  }
  return writer.finish();
}

function isDefinition({ role, side, port, endPort = port }: Claim): boolean {
  return role === 'assignment' && side !== 'container' && endPort === port;
}

function references(index: Index, path: string): Occurrence[] {
  return index
    .usesIn(path)
    .filter((use) => use.side === 'host' && lastOf(use) === use.port)
    .map((use) => occurrence(use, false));
}

function occurrence(fact: Pick<Claim, 'port' | 'span'> & { protocol?: string }, isDefinition: boolean): Occurrence {
  return { span: fact.span, symbol: symbolOf(fact), isDefinition };
}

/**
 * A global symbol: scheme, package manager, package and version, then the port below its protocol. The package is the
 * same everywhere and none of its parts is empty, because engines look across repositories for packages only.
 */
function symbolOf({ port, protocol }: { port: number; protocol?: string }): string {
  return `portolan registry ports 1 ${protocol === 'udp' ? 'udp' : 'tcp'}/${port}.`;
}

/** A range within one line is three numbers: line, start and end, from 0. */
function writeOccurrence(writer: BinaryWriter, { span, symbol, isDefinition }: Occurrence, lines: LineMap): void {
  const start = lines.position(span.start);
  const end = lines.position(span.end);
  const range =
    start.line === end.line ? [start.line, start.column, end.column] : [start.line, start.column, end.line, end.column];
  writer.tag(DOCUMENT.occurrences, WireType.LengthDelimited).fork();
  writer.tag(OCCURRENCE.range, WireType.LengthDelimited).fork();
  for (const number of range) writer.int32(number);
  writer.join();
  writer.tag(OCCURRENCE.symbol, WireType.LengthDelimited).string(symbol);
  if (isDefinition) writer.tag(OCCURRENCE.symbolRoles, WireType.Varint).int32(DEFINITION);
  writer.join();
}

/** What a hover on a port shows, once for each port of a document. */
function writeSymbols(writer: BinaryWriter, claims: readonly Claim[], repository: string): void {
  const services = new Map<string, Set<string>>();
  for (const claim of claims) {
    const symbol = symbolOf(claim);
    services.set(symbol, (services.get(symbol) ?? new Set()).add(claim.service ?? 'unnamed'));
  }
  for (const [symbol, names] of services) {
    const owners = [...names].join(', ');
    writer.tag(DOCUMENT.symbols, WireType.LengthDelimited).fork();
    writer.tag(SYMBOL.symbol, WireType.LengthDelimited).string(symbol);
    writer
      .tag(SYMBOL.documentation, WireType.LengthDelimited)
      .string(`Port of ${owners}, by the registry of ${repository}.`);
    writer.tag(SYMBOL.displayName, WireType.LengthDelimited).string(owners).join();
  }
}
