import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dockerPorts, hasDockerCompose, resolvedPorts } from '../../support/dockerCompose.ts';
import { indexOf } from '../../support/workspace.ts';

/**
 * What docker-compose itself makes of `ports`. The program is version 1.29, which knows less than the specification, so
 * these are not among the cases:
 * - `${A:-${B:-80}}` and `${A:+80}`, which it does not expand;
 * - an address of version 6 without brackets, which it takes for something else;
 * - a published range before a single target in the long form, and `published: "80"` in quotes, which it calls invalid;
 * - the same port twice in one service, which it calls not unique;
 * - port 0 and ports over 65535, which it lets pass;
 * - variables that are not named after ports, whose values are deliberately not kept;
 * - `!reset`, `!override` and `include`, which came later.
 */

const port = fc.integer({ min: 1, max: 65_000 });
const protocol = fc.constantFrom('', '/tcp', '/udp');
const address = fc.constantFrom('', '127.0.0.1:', '0.0.0.0:', '192.168.7.20:', '[::1]:', '[2001:db8::7]:');

/** A number as it stands, from a variable that is set, or from the default of one that is not. */
const written = (number: number) =>
  fc.constantFrom(
    ...[number, `\${UNSET_${number}:-${number}}`, `\${UNSET-${number}}`, `\${EMPTY:-${number}}`],
    ...[`\${SET_PORT_${number}}`, `\${SET_PORT_${number}:-1}`, `\${SET_PORT_${number}-1}`, `$SET_PORT_${number}`],
    `\${SET_PORT_${number}:?must be set}`,
    `\${SET_PORT_${number}?must be set}`,
  );

const single = fc.record({ address, published: port.chain(written), target: port.chain(written), protocol });
const short = fc.oneof(
  single.map(({ address, published, target, protocol }) => `"${address}${published}:${target}${protocol}"`),
  fc.record({ target: port, protocol }).map(({ target, protocol }) => `"${target}${protocol}"`),
  port.map(String),
  fc
    .record({ address, published: port, target: port, more: fc.integer({ min: 1, max: 4 }), protocol })
    .map((r) => `"${r.address}${r.published}-${r.published + r.more}:${r.target}-${r.target + r.more}${r.protocol}"`),
  fc
    .record({ published: port, target: port, more: fc.integer({ min: 1, max: 4 }) })
    .map(({ published, target, more }) => `"${published}-${published + more}:${target}"`),
  // Base 60 in YAML 1.1 only when the last part is below 60.
  fc.record({ published: port, target: fc.integer({ min: 60, max: 65_000 }) }).map((r) => `${r.published}:${r.target}`),
);
const long = fc
  .record({
    target: port,
    published: fc.option(port),
    protocol: fc.constantFrom('', ', protocol: tcp', ', protocol: udp'),
  })
  .map((r) => `{target: ${r.target}${r.published === null ? '' : `, published: ${r.published}`}${r.protocol}}`);

const ports = fc.uniqueArray(fc.oneof({ weight: 4, arbitrary: short }, long), {
  maxLength: 5,
  selector: (entry) => entry.replace(/\D*(?:UNSET|EMPTY|SET)\D*/g, ''),
});

/** How services come by their ports: their own list in either style, or one that they share. */
const services = fc.array(fc.record({ own: ports, style: fc.constantFrom('block', 'flow', 'alias', 'merge') }), {
  minLength: 30,
  maxLength: 30,
});

function composeOf(cases: readonly { own: readonly string[]; style: string }[]): string {
  const anchored = cases.map(
    ({ own }, i) => `  a${i}: &a${i} [${own.join(', ')}]\n  m${i}: &m${i}\n    ports: *a${i}\n`,
  );
  const bodies = cases.map(({ own, style }, i) => {
    if (style === 'alias') return `    ports: *a${i}\n`;
    if (style === 'merge') return `    <<: *m${i}\n`;
    if (style === 'flow') return `    ports: [${own.join(', ')}]\n`;
    return own.length === 0 ? '    ports: []\n' : `    ports:\n${own.map((entry) => `      - ${entry}\n`).join('')}`;
  });
  const named = bodies.map((body, i) => `  s${i}:\n    image: x\n${body}`);
  return `version: "3.8"\nx-shared:\n${anchored.join('')}services:\n${named.join('')}`;
}

function environmentOf(text: string): string {
  const names = new Set(text.match(/(?<=\$\{?)SET_PORT_\d+/g) ?? []);
  return ['EMPTY=', ...[...names].map((name) => `${name}=${/\d+/.exec(name)![0]}`), ''].join('\n');
}

describe.skipIf(!hasDockerCompose)('docker-compose itself', () => {
  test('resolves the same ports', () => {
    fc.assert(
      fc.property(services, (cases) => {
        const text = composeOf(cases);
        const files = new Map([
          ['compose.yaml', text],
          ['.env', environmentOf(text)],
        ]);
        expect(resolvedPorts(indexOf(files), 'compose.yaml')).toEqual(dockerPorts(files, 'compose.yaml'));
      }),
      { numRuns: 6, endOnFailure: true },
    );
  }, 60_000);

  test.each(['"80:"', '"a:80"', '"9000-9001:80-82"', '"9001-9000:80-81"', '"80:80/tpc"'])(
    'publishes nothing by what is no port: %s',
    (entry) => {
      const files = new Map([
        ['compose.yaml', `version: "3.8"\nservices:\n  a:\n    image: x\n    ports: [${entry}]\n`],
      ]);
      expect(dockerPorts(files, 'compose.yaml')).toBeTypeOf('string');
      expect(resolvedPorts(indexOf(files), 'compose.yaml').a!.filter((pair) => !pair.startsWith('-'))).toEqual([]);
    },
  );
});
