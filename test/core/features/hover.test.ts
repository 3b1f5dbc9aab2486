import { describe, expect, test } from 'vitest';
import { hover } from '../../../server/src/core/features/hover.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

const files = filesOf(`
  --- PORTS.md
  # Ports

  | Port | Service       | Environment |
  |------|---------------|-------------|
  | 9007 | Berth Planner | Development |
  | 9008 | <img src=x onerror=alert(1)> | |

  ## Quick list

  - 9007 - Berth Planner
  --- compose.yaml
  services:
    berth-planner:
      image: x
      ports: ["\${BERTH_PORT:-9107}:80"]
  --- nginx.conf
  upstream planner { server berth-planner:80; }
`);
const index = indexOf(files);

/** The hover over the first place of some text. */
function over(path: string, text: string): string | undefined {
  return hover(index, path, files.get(path)!.indexOf(text) + 1, ({ path, span }) => `${path}#${span.start}`)?.markdown;
}

describe('a hover', () => {
  test('over a used port tells the owner and the evidence, and leaves the finding there to the editor', () => {
    expect(over('compose.yaml', '9107')).toBe(
      [
        '**9107 · berth-planner (published, the default of BERTH\\_PORT)**',
        `- assigned 9007 Berth Planner (Development), [PORTS.md:5](PORTS.md#${files.get('PORTS.md')!.indexOf('9007')}), matched by service name\n` +
          `- assigned 9007 Berth Planner, [PORTS.md:10](PORTS.md#${files.get('PORTS.md')!.lastIndexOf('9007')}), matched by service name`,
      ].join('\n\n'),
    );
  });

  test('over a row tells what a finding in another row says of it', () => {
    const clash = indexOf(
      filesOf(`
        --- PORTS.md
        # Ports

        | Port | Service |
        | ---- | ------- |
        | 4100 | quay    |
        | 4100 | crane   |
      `),
    );
    const text = (row: number) => hover(clash, 'PORTS.md', clash.file('PORTS.md')!.claims[row]!.span.start)!.markdown;
    const told = [0, 1].map((row) => text(row).includes('⚠'));
    expect(told.filter(Boolean)).toHaveLength(1);
  });

  test('over a row tells where its port is used', () => {
    expect(over('PORTS.md', '9007')).toContain('**9007 · Berth Planner**');
  });

  test('over a service', () => {
    expect(over('compose.yaml', 'berth-planner:')).toContain('assigned 9007 Berth Planner');
  });

  test('in nginx knows the service behind the name', () => {
    expect(over('nginx.conf', ':80;')).toContain('assigned 9007 Berth Planner');
  });

  test('over a title tells what the document is, what it governs and why', () => {
    const text = filesOf(`
      --- docs/PORTS.md
      # Harbour ports

      The single source of truth.

      | Port | Service |
      |------|---------|
      | 4100 | Crane   |
      --- apps/shop/ports.yaml
      # Ports of the shop
      api: 4200
      --- README.md
      # Ports

      | Port | Service |
      |------|---------|
      | 4100 | Crane   |
    `);
    const known = indexOf(text);
    const title = (path: string, words: string) => {
      const found = hover(known, path, text.get(path)!.indexOf(words) + 1);
      expect(text.get(path)!.slice(found?.span.start, found?.span.end)).toBe(words);
      return found?.markdown;
    };
    expect(title('docs/PORTS.md', 'Harbour ports')).toBe(
      [
        '**PORTS.md · registry of everything here**',
        '- its name says that it lists ports\n- it calls itself the source of truth for ports\n- 1 of its table cells assign ports',
        'It holds 1 assignment.',
      ].join('\n\n'),
    );
    expect(title('apps/shop/ports.yaml', 'Ports of the shop')).toBe(
      [
        '**ports.yaml · registry of the folder shop**',
        '- named ports.yaml\n- 1 service with ports',
        'It holds 1 assignment.',
        'Beside it: PORTS.md.',
      ].join('\n\n'),
    );
    expect(title('README.md', 'Ports')).toContain('It is checked against PORTS.md.');
  });

  test('is short, and says how much more there is', () => {
    const names = Array.from({ length: 9 }, (_, n) => `pier-${n}`);
    const ports = '    image: x\n    ports:\n      - "9007:80"\n';
    const many = new Map([
      ['PORTS.md', '# Ports\n\n| Port | Service |\n|---|---|\n| 9007 | Berth Planner |\n| 9008 | Crane |\n'],
      ...names.map((name) => [`${name}/compose.yaml`, `services:\n  berth-planner:\n${ports}`] as const),
    ]);
    const found = hover(indexOf(many), 'PORTS.md', many.get('PORTS.md')!.indexOf('9007') + 1)!;
    expect(found.markdown.split('\n').filter((line) => line !== '')).toEqual([
      '**9007 · Berth Planner**',
      '- assigned 9007 Berth Planner, PORTS.md:5',
      'Used:',
      ...names.slice(0, 3).map((name) => `- published 9007 berth-planner, ${name}/compose.yaml:5`),
      '- and 6 more, see References',
    ]);
  });

  test('over anything else is none', () => {
    expect(over('compose.yaml', 'image')).toBeUndefined();
    expect(over('PORTS.md', 'Quick')).toBeUndefined();
  });

  test('makes no markup of what a workspace wrote', () => {
    expect(over('PORTS.md', '9008')).toContain('\\<img src=x onerror=alert(1)\\>');
  });
});
