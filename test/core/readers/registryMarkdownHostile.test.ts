import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { registryMarkdown } from '../../../server/src/core/readers/registryMarkdown.ts';
import { growth, isLinear } from '../../support/growth.ts';

const PIECES = [
  '# Ports\n',
  '## Api (Port 9000)\n',
  '### 4. Web — 4100-4199\n',
  '| Port | Service | Status |\n',
  '|---|---|---|\n',
  '| 8080 | api | Reserved |\n',
  '| 8080→80 | **web** |',
  '- 9000 - api\n',
  '  - `9001`: web\n',
  '- [ ] x: 8080\n',
  '> quote\n',
  '```\n',
  '9000 - a\nb: 9001\n',
  '<!--',
  '-->',
  '~~',
  '**',
  '`',
  '[',
  '](',
  ')',
  '\\|',
  '\\',
  '|',
  '\r',
  '\n\n',
  '\uFEFF',
  '\u0000',
  '\u2028',
  '😀',
  '端口',
  '---\n',
  '1. ',
  '   ',
  '\t',
  ': ',
  '→',
  'port ',
  'Reserved (NEVER USE):\n',
  '65536',
  '0',
];

test('reading never throws, and every place holds the port that it states', () => {
  const texts = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 6 })), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(texts, (pieces) => {
      const text = `# Ports 8000\n${pieces.join('')}`;
      for (const { port, endPort, span, service, serviceSpan } of registryMarkdown.read(text, 'PORTS.md')?.claims ??
        []) {
        const digits = text.slice(span.start, span.end);
        expect(digits.startsWith(String(port))).toBe(true);
        if (endPort !== undefined) expect(digits.endsWith(String(endPort))).toBe(true);
        if (serviceSpan) expect(serviceSpan.end).toBeGreaterThan(serviceSpan.start);
        if (service !== undefined) expect(service.trim()).not.toBe('');
      }
    }),
    { numRuns: 300 },
  );
});

describe('the time to read grows with the length of the text alone', () => {
  const table = '# Ports\n\n| Port | Service |\n|---|---|\n';
  it.each<[string, (n: number) => string]>([
    ['rows', (n) => table + '| 8080 | svc |\n'.repeat(n)],
    ['columns', (n) => `# Ports\n\n${'| Port '.repeat(n)}|\n${'|---'.repeat(n)}|\n${'| 80 '.repeat(n)}|\n`],
    ['brackets', (n) => `${table}| 8080 | ${'['.repeat(n)} |\n`],
    ['parentheses', (n) => `# Ports\n- 8080: ${'('.repeat(n)}\n`],
    ['nesting', (n) => `# Port 8080\n${'>'.repeat(n)} - a: 8080`],
    ['backticks', (n) => `# Ports\n- ${'`'.repeat(n)}8080 - x`],
    ['spaces', (n) => `# Ports\n- a${' '.repeat(n)}: 8080`],
    ['signs', (n) => `# Ports\n- 8080 ${'-'.repeat(n)} x`],
    ['digits', (n) => `# Ports (${'1'.repeat(n)}x 8080)\n- ${'1 '.repeat(n)}`],
    ['arrows', (n) => `# Ports\n- a: ${'8080 → '.repeat(n)}`],
    ['names in a list', (n) => `# Ports\n- api: 8080 ${'9006 '.repeat(n)}`],
    ['a heading', (n) => `# Ports\n${'# x# 8080 '.repeat(n)}`],
    ['words of authority', (n) => `# Ports\n- a: 8080\n${'canonical'.repeat(n)}`],
    ['comments', (n) => `# Ports 8080\n- a: 8080 ${'<!--'.repeat(n)}`],
    ['headings', (n) => '# Api (Port 8080)\n'.repeat(n)],
    ['clashes', (n) => `# Ports\n## Conflicts\n- Development: ${'A uses 3000, '.repeat(n)}`],
  ])('%s', async (_, text) => {
    const prepare = (n: number) => {
      const long = text(n);
      return () => registryMarkdown.read(long, 'PORTS.md');
    };
    expect(await growth(prepare, 5000)).toSatisfy(isLinear);
  });
});
