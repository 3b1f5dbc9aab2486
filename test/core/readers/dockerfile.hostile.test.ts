import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dockerfile } from '../../../server/src/core/readers/dockerfile.ts';
import { growthOver, isLinear } from '../../support/growth.ts';

const SAMPLE = `# escape=\\
ARG PORT=3000
FROM node:20 AS base
ENV PORT=$PORT HTTP_PORT="80\${X}" A='b'
EXPOSE $PORT 80-90 \${B:-8080}/udp \\
  # comment
  9000
RUN <<EOF
EXPOSE 1
EOF
FROM base
HEALTHCHECK --interval=5s CMD curl http://localhost:\${PORT:-3000}/
CMD ["serve", "--port", "\${PORT}"]
`;

const piece = fc.oneof(
  fc.constantFrom('\n', '\r', '\\', '`', '"', "'", '[', ']', '$', '${', '}', ':-', '<<EOF', '#', ' ', '=', '/', '-'),
  fc.constantFrom(
    'FROM ',
    'ENV ',
    'ARG ',
    'EXPOSE ',
    'CMD ',
    'HEALTHCHECK CMD ',
    ' AS base',
    '99999',
    '0',
    'é',
    '\uD800',
  ),
  fc.string({ maxLength: 6 }),
);
const edits = fc.array(fc.tuple(fc.nat(SAMPLE.length), fc.nat(20), piece), { maxLength: 12 });

test('however it is edited, it reads, and every span holds the digits', () => {
  fc.assert(
    fc.property(edits, (changes) => {
      const text = changes.reduce((all, [at, length, put]) => all.slice(0, at) + put + all.slice(at + length), SAMPLE);
      for (const { span, port, endPort, via } of dockerfile.read(text, 'Dockerfile')?.uses ?? []) {
        const written = text.slice(span.start, span.end);
        if (port === null) expect(via).not.toEqual([]);
        else expect(written).toBe(endPort === undefined ? `${port}` : `${port}-${endPort}`);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('large files take time in proportion', () => {
  const cases: Record<string, string> = {
    continuations: 'EXPOSE \\\n'.repeat(100_000),
    'one long continuation': `EXPOSE ${'80 \\\n'.repeat(200_000)}`,
    'comments in it': `EXPOSE 80 \\\n${'# a\n'.repeat(200_000)}`,
    'blank lines': '\n'.repeat(1_000_000),
    spaces: `EXPOSE${' '.repeat(1_000_000)}`,
    backslashes: '\\'.repeat(1_000_000),
    quotes: `ENV A=${'"'.repeat(999_999)}`,
    'open here-documents': `RUN ${'<<EOF '.repeat(150_000)}`,
    'here-documents one after another': 'RUN <<A <<B\n'.repeat(80_000),
    'open brackets': `CMD ${'['.repeat(1_000_000)}`,
    'open strings': `CMD ["${'\\"'.repeat(500_000)}`,
    'values in values': `ENV A=11111111\n${'ENV A=$A$A$A$A\n'.repeat(50_000)}EXPOSE $A`,
    'a chain of variables': `${Array.from({ length: 40_000 }, (_, i) => `ENV A${i + 1}=$A${i}`).join('\n')}\nEXPOSE $A40000`,
    'one variable over and over': `ARG A=80\n${'ARG A=$A\nEXPOSE $A\n'.repeat(40_000)}`,
    stages: 'FROM a AS a\nEXPOSE 80\n'.repeat(40_000),
    'stages with much below them': `FROM x AS a\n${'EXPOSE 80\n'.repeat(50_000)}${'FROM a AS a\n'.repeat(98)}`,
    'entry points': 'CMD a\nENTRYPOINT b\n'.repeat(50_000),
    'options of a check': `HEALTHCHECK ${'--a=b '.repeat(150_000)}`,
  };
  test.each(Object.entries(cases))('%s', async (_, text) => {
    const read = (part: string) => dockerfile.read(`FROM node\n${part}`, 'Dockerfile');
    expect(await growthOver(text, read)).toSatisfy(isLinear);
  });
});
