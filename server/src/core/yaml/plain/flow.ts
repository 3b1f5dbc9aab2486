import type { YamlAlias, YamlLeaf, YamlMap, YamlPair, YamlSeq, YamlTree } from '../tree.ts';
import { type Cursor, unusual } from './cursor.ts';
import { movedOver, quoteAt, quoted, verbatim } from './scalars.ts';

const ALIAS = /\*([\w.-]+)(?![^ \r\n,\]}]) */y;
const FLOW_PLAIN = /[^\s,[\]{}#&*!|>'"%@`:?-][^,[\]{}#:]*(?:[:#][^\s,[\]{}#:]+)*/y;

/** A flow collection on one line, moved over. https://yaml.org/spec/1.2.2/#74-flow-collection-styles */
export function flow(line: Cursor, maxDepth: number): YamlMap | YamlSeq {
  if (maxDepth < 0) unusual();
  const { text } = line;
  const isMap = text[line.at] === '{';
  const close = isMap ? '}' : ']';
  const items: YamlTree[] = [];
  const pairs: YamlPair[] = [];
  line.advance(1);
  while (text[line.at] !== close) {
    if (isMap) pairs.push({ key: flowKey(line), value: flowNode(line, maxDepth) });
    else items.push(flowNode(line, maxDepth));
    if (text[line.at] === ',') line.advance(1);
    else if (text[line.at] !== close) unusual();
  }
  line.advance(1);
  return isMap ? { kind: 'map', pairs } : { kind: 'seq', items };
}

function flowKey(line: Cursor): YamlLeaf {
  const key = flowScalar(line);
  if (line.text[line.at] !== ':' || line.text[line.at + 1] !== ' ') unusual();
  line.advance(1);
  return key;
}

function flowNode(line: Cursor, maxDepth: number): YamlTree {
  const first = line.text[line.at];
  if (first === '[' || first === '{') return flow(line, maxDepth - 1);
  return first === '*' ? alias(line) : flowScalar(line);
}

function flowScalar(line: Cursor): YamlLeaf {
  const quote = quoteAt(line);
  if (quote !== undefined) return movedOver(line, quoted(line, quote));
  const start = line.at;
  const value = (line.match(FLOW_PLAIN)?.[0] ?? unusual()).trimEnd();
  if (line.at > line.end || value.includes(' #')) unusual();
  return verbatim(line.text, start, start + value.length);
}

/** `*name`, moved over. */
export function alias(line: Cursor): YamlAlias {
  const [, name] = line.match(ALIAS) ?? unusual();
  return { kind: 'alias', name: name! };
}
