import { describe, expect, test } from 'vitest';
import { isMap, isSeq, parseYaml, type YamlDocument, type YamlNode } from '../../server/src/core/yaml.ts';

function only(text: string): YamlDocument {
  const { documents } = parseYaml(text);
  expect(documents).toHaveLength(1);
  return documents[0]!;
}

/** Walks over everything below a node, aliases included, and counts the nodes. */
function count(document: YamlDocument, node: YamlNode | undefined): number {
  document.scalar(node);
  const below = isMap(node) ? document.entries(node).map(({ value }) => value) : document.items(node);
  return below.reduce((sum, child) => sum + count(document, child), 1);
}

describe('scalars', () => {
  const cases: readonly (readonly [yaml: string, value: string, source: string])[] = [
    ['a: 8080', '8080', '8080'],
    ['a: "8080"', '8080', '8080'],
    ["a: '8080'", '8080', '8080'],
    ['a: 22:22', '22:22', '22:22'],
    ['a: 0x1F90', '0x1F90', '0x1F90'],
    ['a: 08', '08', '08'],
    ['a: !custom 8080', '8080', '8080'],
    ['a: &anchor 8080 # note', '8080', '8080'],
    ['a: "80\\u0038"', '808', '80\\u0038'],
    ["a: 'it''s'", "it's", "it''s"],
    ['a:', '', ''],
  ];
  test.each(cases)('%s', (yaml, value, source) => {
    const document = only(yaml);
    const scalar = document.scalar(document.get(document.root, 'a'))!;
    expect(scalar).toMatchObject({ value, source });
    expect(yaml.slice(scalar.span.start, scalar.span.end)).toBe(source);
  });

  test('a block scalar begins after its header', () => {
    const text = 'a: |-\n  curl http://localhost:80\n';
    const document = only(text);
    const scalar = document.scalar(document.get(document.root, 'a'))!;
    expect(scalar.value).toBe('curl http://localhost:80');
    expect(scalar.source).toBe('  curl http://localhost:80\n');
  });

  test('a quote that is not closed yet hides nothing', () => {
    const document = only('a: "80');
    expect(document.scalar(document.get(document.root, 'a'))).toMatchObject({ value: '80', source: '80' });
  });

  test('YAML 1.1 is read as 1.2: no numbers in base 60', () => {
    const document = only('%YAML 1.1\n---\na: 2222:22\n');
    expect(document.scalar(document.get(document.root, 'a'))?.value).toBe('2222:22');
  });
});

describe('maps', () => {
  const read = (text: string, key: string) => {
    const document = only(text);
    return document
      .entries(document.get(document.root, key))
      .map((entry) => `${entry.key}=${document.scalar(entry.value)?.value}`);
  };

  test('merge keys come after own keys and never override them', () => {
    expect(read('x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n', 'y')).toEqual(['b=3', 'a=1']);
  });

  test('of several merged maps the first wins', () => {
    expect(read('p: &p {a: 1}\nq: &q {a: 2, b: 2}\ny:\n  <<: [*p, *q]\n', 'y')).toEqual(['a=1', 'b=2']);
  });

  test('merges nest', () => {
    expect(read('p: &p {a: 1}\nq: &q\n  <<: *p\n  b: 2\ny:\n  <<: *q\n', 'y')).toEqual(['b=2', 'a=1']);
  });

  test('keys know their place', () => {
    const text = 'services:\n  "web": {}\n';
    const document = only(text);
    const [entry] = document.entries(document.get(document.root, 'services'));
    expect(text.slice(entry!.keySpan.start, entry!.keySpan.end)).toBe('web');
  });

  test('an anchor may be defined again', () => {
    const document = only('a: &x [1]\nb: *x\nc: &x [2, 3]\nd: *x\n');
    expect(document.items(document.get(document.root, 'b'))).toHaveLength(1);
    expect(document.items(document.get(document.root, 'd'))).toHaveLength(2);
  });

  test.each(['a: *missing', 'a: &a [*a]', 'a: &a\n  <<: *a\n'])('an alias to nothing: %s', (text) => {
    const document = only(text);
    expect(count(document, document.root)).toBeLessThan(4);
  });
});

test('several documents', () => {
  expect(parseYaml('a: 1\n---\nb: 2\n').documents).toHaveLength(2);
  expect(parseYaml('').documents).toHaveLength(0);
});

describe('hostile texts', () => {
  const repeat = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join('\n');
  const refused: Record<string, string> = {
    'flow sequences': '['.repeat(2000) + '1' + ']'.repeat(2000),
    'flow sequences, never closed': '['.repeat(900_000),
    'flow maps': '{a: '.repeat(2000),
    'block sequences': '- '.repeat(2000),
    'explicit keys': '? '.repeat(2000),
    'block maps': repeat(1200, (i) => ' '.repeat(i) + 'a:'),
    'below services': 'services:\n  a: ' + '['.repeat(2000),
    'two megabytes': 'a: ' + 'x'.repeat(2_000_000),
    'nothing but quotes': '"'.repeat(900_000),
    tags: 'a: ' + '!x '.repeat(50_000),
    'nothing but documents': '---\n'.repeat(200_000),
  };
  const read: Record<string, string> = {
    'merge keys': `a: &a\n${repeat(4000, (i) => `  k${i}: 1`)}\nb:\n  <<: [${'*a, '.repeat(4000)}]\n`,
    'many keys': repeat(20_000, (i) => `key${i}: ${i}`),
    'alias bomb': `a0: &a0 [x]\n${repeat(12, (i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(', ')}]`)}`,
    'alias chain': `- &a0 [x]\n${repeat(5000, (i) => `- &a${i + 1} [*a${i}]`)}`,
    'one long scalar': `a: "${'x'.repeat(990_000)}"`,
    tabs: '\t'.repeat(900_000),
  };

  test.each(Object.entries(refused))('%s: refused', (_, text) => {
    // The second parse is the one that ended the process before there was a limit.
    for (let i = 0; i < 2; i++) expect(parseYaml(text)).toMatchObject({ documents: [], refused: expect.any(String) });
  });

  test.each(Object.entries(read))('%s: read within bounds', (_, text) => {
    const { documents, refused } = parseYaml(text);
    expect(refused).toBeUndefined();
    for (const document of documents) expect(count(document, document.root)).toBeLessThan(150_000);
  });

  test('what stands 150 levels deep is read', () => {
    const document = only('['.repeat(150) + '1' + ']'.repeat(150));
    expect(count(document, document.root)).toBe(151);
  });

  test.each(['a: [', 'a: {b', '- "', ': :', '}', '\u0000', 'a: b: c', '\tb: 1', '<<: 1', '? - a\n: b'])(
    'broken: %j',
    (text) => {
      for (const document of parseYaml(text).documents) {
        expect(count(document, document.root)).toBeGreaterThan(0);
        expect(
          isSeq(document.root) || isMap(document.root) || document.root === undefined || document.scalar(document.root),
        ).toBeTruthy();
      }
    },
  );
});
