import type { Anchors } from '../anchors.ts';
import {
  MERGE_KEY,
  withMerged,
  type YamlEntry,
  type YamlLeaf,
  type YamlMap,
  type YamlNode,
  type YamlSeq,
} from '../tree.ts';
import { type Cursor, MAX_DEPTH, unusual } from './cursor.ts';
import { movedOver, quoteAt, quoted, verbatim } from './scalars.ts';

const ALIAS = /\*([\w.-]+)(?![^ \r\n,\]}]) */y;
const FLOW_PLAIN = /[^\s,[\]{}#&*!|>'"%@`:?-][^,[\]{}#:]*(?:[:#][^\s,[\]{}#:]+)*/y;

/**
 * A flow collection on one line, moved over. https://yaml.org/spec/1.2.2/#74-flow-collection-styles
 * @param depth that of what stands in it
 */
export function flow(line: Cursor, anchors: Anchors, depth: number): YamlMap | YamlSeq {
  if (depth > MAX_DEPTH) unusual();
  return line.text[line.at] === '{' ? flowMap(line, anchors, depth) : flowSequence(line, anchors, depth);
}

function flowSequence(line: Cursor, anchors: Anchors, depth: number): YamlSeq {
  const items: YamlNode[] = [];
  for (line.advance(1); line.text[line.at] !== ']'; nextInFlow(line, ']')) {
    const item = flowNode(line, anchors, depth);
    if (item) items.push(item);
  }
  line.advance(1);
  return { kind: 'seq', items };
}

function flowMap(line: Cursor, anchors: Anchors, depth: number): YamlMap {
  const entries: YamlEntry[] = [];
  const merged: (YamlNode | undefined)[] = [];
  for (line.advance(1); line.text[line.at] !== '}'; nextInFlow(line, '}')) {
    const { value: key, span: keySpan } = flowKey(line);
    const value = flowNode(line, anchors, depth);
    if (key === MERGE_KEY) merged.push(value);
    else entries.push({ key, keySpan, value });
  }
  line.advance(1);
  return { kind: 'map', entries: merged.length === 0 ? entries : withMerged(entries, merged) };
}

/** Moves over the comma behind an item, which only the last one may lack. */
function nextInFlow(line: Cursor, close: string): void {
  if (line.text[line.at] === ',') line.advance(1);
  else if (line.text[line.at] !== close) unusual();
}

function flowKey(line: Cursor): YamlLeaf {
  const key = flowScalar(line);
  if (line.text[line.at] !== ':' || line.text[line.at + 1] !== ' ') unusual();
  line.advance(1);
  return key;
}

function flowNode(line: Cursor, anchors: Anchors, depth: number): YamlNode | undefined {
  const first = line.text[line.at];
  if (first === '[' || first === '{') return flow(line, anchors, depth + 1);
  return first === '*' ? alias(line, anchors, depth) : flowScalar(line);
}

function flowScalar(line: Cursor): YamlLeaf {
  const quote = quoteAt(line);
  if (quote !== undefined) return movedOver(line, quoted(line, quote));
  const start = line.at;
  const value = (line.match(FLOW_PLAIN)?.[0] ?? unusual()).trimEnd();
  if (line.at > line.end || value.includes(' #')) unusual();
  return verbatim(line.text, start, start + value.length);
}

/** What `*name` stands for, moved over. */
export function alias(line: Cursor, anchors: Anchors, depth: number): YamlNode | undefined {
  const [, name] = line.match(ALIAS) ?? unusual();
  return anchors.get(name!, depth);
}
