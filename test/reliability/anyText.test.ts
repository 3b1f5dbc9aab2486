import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../scripts/docs/readers.ts';
import { check, read } from '../../server/src/core/analyze.ts';
import type { Claim, FileFacts, Use } from '../../server/src/core/facts.ts';
import { Index } from '../../server/src/core/model/index.ts';
import type { Span } from '../../server/src/core/text.ts';
import { isNightly, times } from '../support/effort.ts';
import { growth, isLinear } from '../support/growth.ts';
import { examplesOf } from '../support/readerPages.ts';

/** What stands in files of some kind, or leads astray in them. */
const signs = fc.constantFrom(
  ...[
    '"',
    "'",
    '"""',
    '`',
    '```',
    '\\',
    '#',
    '//',
    '/*',
    '<!--',
    '-->',
    '---\n',
    '|',
    '>-\n',
    '&a ',
    '*a',
    '<<: ',
    '<<E\n',
  ],
  ...['$', '${', '${A:-80}', '$(A)', '{$A:80}', '{{', '}}', '{', '}', '[', ']', '[[', '(', ')', '<', '>'],
  ...['- ', ': ', ':', ',', ';', '=', '?= ', '/', '/udp', '@', '~', '!', '→', 'http://', 'localhost:', '[::1]:', '-p '],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '        ',
    '\0',
    '\u2028',
    '\u00a0',
    '\ufeff',
    '\ufffd',
    'é',
    '９',
    '🚢',
    '\ud800',
  ],
  ...['0', '80', '9006', '65535', '65536', '99999', '08080', '9_006', '0x50', '80.5', '8080-80', '1e3', '-1'],
  ...['# portolan-ignore\n', '<!-- portolan-ignore-next-line -->\n'],
);

/** A file as people write it, with lines of others of its kind and whatever else in it. */
function textsOf(kind: string): fc.Arbitrary<[path: string, text: string]> {
  const examples = examplesOf(kind);
  const lines = examples.flatMap(([, text]) => text.split(/(?<=\n)/));
  const words = lines.flatMap((line) => line.match(/\w+|[^\w\s]+/g) ?? []);
  const piece = fc.oneof(signs, fc.constantFrom(...words), fc.constantFrom(...lines), fc.string({ maxLength: 6 }));
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), piece });
  return fc
    .tuple(fc.constantFrom(...examples), fc.array(edit, { maxLength: 12 }))
    .map(([[path, text], edits]) => [path, edits.reduce(edited, text)]);
}

function edited(text: string, { at, remove, piece }: { at: number; remove: number; piece: string }): string {
  const offset = Math.floor(at * text.length);
  return text.slice(0, offset) + piece + text.slice(offset + remove);
}

/** Every place that facts or findings speak of. */
function* spansIn(value: unknown): Generator<Span> {
  if (typeof value !== 'object' || value === null) return;
  if ('start' in value && 'end' in value) yield value as Span;
  for (const part of Object.values(value)) yield* spansIn(part);
}

function portsIn({ claims, uses, stages = [] }: FileFacts): (Claim | Use)[] {
  return [...claims, ...uses, ...stages.flatMap((stage) => stage.uses)];
}

/** What is wrong with the places in the facts of a text. */
function faults(text: string, facts: FileFacts): string[] {
  const outside = [...spansIn(facts)].filter(({ start, end }) => !(0 <= start && start <= end && end <= text.length));
  const otherwise = portsIn(facts).filter(({ port, endPort, span }) => {
    const written = (text.slice(span.start, span.end).match(/\d+/g) ?? []).map(Number);
    return port !== null && String(written) !== String(endPort === undefined ? [port] : [port, endPort]);
  });
  return [
    ...outside.map(({ start, end }) => `${start} to ${end} of ${text.length}`),
    ...otherwise.map(({ port, span }) => `${port} for ${JSON.stringify(text.slice(span.start, span.end))}`),
  ];
}

describe.each(kinds.map((kind) => ({ kind })))('any text as $kind', ({ kind }) => {
  const long = isNightly ? 0 : 60_000;

  test('is read and checked, and each port stands where it is said to stand', { timeout: long }, () => {
    const holds = ([path, text]: readonly [string, string]) => {
      const facts = read(path, text, true);
      if (!facts) return;
      expect(faults(text, facts)).toEqual([]);
      const index = new Index();
      index.put(facts);
      for (const finding of check(path, index)) {
        for (const { start, end } of spansIn(finding)) expect([start <= end, end <= text.length]).toEqual([true, true]);
      }
    };
    fc.assert(fc.property(textsOf(kind), holds), { numRuns: times(150, 5000) });
  });

  test('takes twice as long when twice as much of it is repeated', { timeout: long }, async () => {
    const part = textsOf(kind).map(([path, text]): [string, string] => [path, text.slice(0, 200)]);
    const grows = async ([path, text]: readonly [string, string], from: number, to: number) => {
      const [start, end] = [Math.min(from, to) % (text.length + 1), Math.max(from, to) % (text.length + 1)];
      const [head, piece] = [text.slice(0, start), text.slice(start, Math.max(end, start + 1)) || ' '];
      const reading = (size: number) => {
        const made = head + piece.repeat(Math.ceil(size / piece.length));
        return () => read(path, made, true);
      };
      expect(await growth(reading, times(20_000, 100_000))).toSatisfy(isLinear);
    };
    await fc.assert(fc.asyncProperty(part, fc.nat(200), fc.nat(200), grows), { numRuns: times(2, 100) });
  });
});
