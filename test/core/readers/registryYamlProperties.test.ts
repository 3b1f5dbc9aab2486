import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registryYaml } from '../../../server/src/core/readers/registryYaml.ts';
import { growthOver, isLinear } from '../../support/growth.ts';

const REGISTRY = `# prod: host port
ports: &all
  quay: 7100
  pier: {port: "7101", container_port: 80, note: "old"}
  8080: {service: mole, internal_port: 81}
environments:
  dev: {jetty_port: 7102, map: "7103:80", range: [7110, 7119]}
reserved: [7120-7129, {port: 7130, reason: default}]
list:
  - {name: dock, ports: ["127.0.0.1:7131:80/udp", "\${X:-7132}"]}
  - <<: *all
history: [{service: quay, old_port: 7099}]
`;
const PIECES = [
  '\n',
  '  ',
  ': ',
  '- ',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '#',
  '&a ',
  '*all',
  '<<: ',
  '7200',
  '70000',
  '|\n',
  '-',
  '😀',
  '\r',
  '\t',
  '\u2028',
];

/** A registry with some stretches replaced. */
const edited = fc
  .array(
    fc.tuple(fc.nat(REGISTRY.length), fc.nat(12), fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 }))),
    { maxLength: 8 },
  )
  .map((edits) =>
    edits.reduce((text, [at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length), REGISTRY),
  );

describe('whatever stands in the file', () => {
  test('reading never throws, and every span covers the digits of its port', () => {
    fc.assert(
      fc.property(edited, (text) => {
        for (const { span, port, endPort } of registryYaml.read(text, 'ports.yaml')?.claims ?? []) {
          const covered = text.slice(span.start, span.end);
          expect(Number(/\d+/.exec(covered)?.[0])).toBe(port);
          if (endPort !== undefined) expect(endPort).toBeGreaterThan(port);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['deep nesting', '{"a":'.repeat(100_000)],
    ['deep lists', '- '.repeat(50_000)],
    ['a long line of digits', `port: ${'9'.repeat(200_000)}`],
    ['a long key', `${'port'.repeat(100_000)}: 8080`],
    ['a long owner over many ports', `${'k'.repeat(300_000)}: {ports: [${'8080,'.repeat(100_000)}]}`],
    ['a long name over many ports', `- {name: ${'k'.repeat(300_000)}, ports: [${'8080,'.repeat(100_000)}]}`],
    ['many keys', 'a: 8080\n'.repeat(50_000)],
    ['many spaces', `#${' '.repeat(300_000)}x\nport: 1${' '.repeat(300_000)}2`],
    ['aliases of aliases', Array.from({ length: 60 }, (_, i) => `a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`).join('\n')],
  ])('%s takes time in proportion', async (_, text) => {
    expect(await growthOver(text, (part) => registryYaml.read(part, 'ports.yaml'))).toSatisfy(isLinear);
  });
});
