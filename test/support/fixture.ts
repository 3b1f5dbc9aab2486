import { expect } from 'vitest';
import type { Claim, Reading, Use } from '../../server/src/core/facts.ts';
import type { Reader } from '../../server/src/core/reader.ts';
import { LineMap, type Span } from '../../server/src/core/text.ts';

/**
 * The caret language: a text in which lines of carets point at the line above them and say what is found there.
 *
 *     - "9006:8000"
 *        ^^^^ published 9006/tcp host api
 *
 * The caret lines are taken out before the text is read; what is then found is drawn under the text in the same way,
 * and the two pictures must be equal. So a picture shows all that is found, and nothing else may be.
 */
const CARETS = /^\s*\^+ .*$/;

/** Takes the common indentation and the first and last empty line off. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '\n')
    .split('\n');
  const indents = lines.filter((l) => l.trim()).map((l) => l.length - l.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((l) => l.slice(indent)).join('\n');
}

/** A picture without its caret lines. */
export function plain(picture: string): string {
  return picture
    .split('\n')
    .filter((line) => !CARETS.test(line))
    .join('\n');
}

/** Draws notes under a text. Notes of one line stand in the order of their columns. */
export function draw(text: string, notes: readonly { span: Span; note: string }[]): string {
  const map = new LineMap(text);
  const sorted = [...notes].sort(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.note < b.note ? -1 : 1),
  );
  return text
    .split('\n')
    .flatMap((line, number) => [
      line,
      ...sorted
        .map(({ span, note }) => ({ at: map.position(span.start), width: span.end - span.start, note }))
        .filter(({ at }) => at.line === number)
        .map(({ at, width, note }) => `${' '.repeat(at.column)}${'^'.repeat(Math.max(1, width))} ${note}`),
    ])
    .join('\n');
}

/** One fact in one line: role, port, side, owner, then whatever else it tells. */
export function describeFact(fact: Claim | Use): string {
  const range = fact.endPort === undefined ? '' : `-${fact.endPort}`;
  const protocol = fact.protocol === undefined ? '' : `/${fact.protocol}`;
  const words = [fact.role, `${fact.port ?? '?'}${range}${protocol}`, fact.side, fact.service ?? '-'];
  if (fact.container !== undefined) words.push(`container=${fact.container}`);
  if (fact.kind === 'claim') {
    for (const [key, value] of Object.entries(fact.scope)) words.push(`${key}=${value}`);
    if (fact.aliases) words.push(`aliases=${fact.aliases.join(',')}`);
    if (fact.domains) words.push(`domains=${fact.domains.join(',')}`);
    if (fact.routes) words.push(`routes=${fact.routes.join(',')}`);
    if (fact.internal) words.push('internal');
    if (fact.excused) words.push('excused');
    if (fact.clashes) words.push('clashes');
    if (fact.binding) words.push('binding');
  } else {
    if (fact.host !== undefined) words.push(`host=${fact.host}`);
    if (fact.address !== undefined) words.push(`address=${fact.address}`);
    if (fact.within !== undefined && fact.within !== fact.service) words.push(`within=${fact.within}`);
    if (fact.via) words.push(`via=${fact.via.join(',')}`);
  }
  return words.join(' ');
}

/** Reads a picture with a reader and expects to find exactly what its carets say. Gives the reading for further looks. */
export function reads(reader: Reader, path: string, picture: string): Reading {
  const expected = dedent(picture);
  const text = plain(expected);
  const reading = reader.read(text, path);
  expect(reading, `${path} is not read by the ${reader.kind} reader`).toBeDefined();
  expect(drawReading(text, reading!)).toBe(expected);
  return reading!;
}

/** Draws all that was read under a text. */
export function drawReading(text: string, { claims, uses, variables, problems }: Reading): string {
  return draw(text, [
    ...claims.map((fact) => ({ span: fact.span, note: describeFact(fact) })),
    ...uses.map((fact) => ({ span: fact.span, note: describeFact(fact) })),
    ...variables.map(({ name, port, span }) => ({ span, note: `variable ${name}=${port}` })),
    ...problems.map(({ message, span }) => ({ span, note: `problem ${message}` })),
  ]);
}
