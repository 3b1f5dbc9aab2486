import { describe, expect, test } from 'vitest';
import { read } from '../../../server/src/core/analyze.ts';

const table = '\n\n| Service | Port |\n|---|---|\n| crane | 4100 |\n';

function document(opening: string, path = 'docs/PORTS.md') {
  return read(path, path.endsWith('.md') ? opening + table : opening)?.document;
}

describe('a document decides nothing when it says so', () => {
  test.each([
    ['# Ports\n\nStatus: Superseded', 'it says “Superseded”'],
    ['# Ports\n\n> **DEPRECATED**: see the wiki', 'it says “DEPRECATED”'],
    ['# Port registry (archived)', 'its title says “archived”'],
    ['# Ports\n\n- **Estado:** obsoleto', 'it says “obsoleto”'],
    ['# Порты\n\n**Статус**: устарел', 'it says “устарел”'],
    ['# 端口\n\n状态：已废弃', 'it says “已废弃”'],
    ['# Ports\n\nErsetzt durch PORT_REGISTRY.md', 'it says that PORT_REGISTRY.md has replaced it'],
    ['# Ports\n\nThis page is generated from `infra/ports.yaml`, do not edit.', 'it is taken from infra/ports.yaml'],
    ['# Ports\n\nGerado a partir de compose.yaml.', 'it is taken from compose.yaml'],
  ])('%j', (opening, reason) => {
    const found = document(opening);
    expect(found?.authority).toBe('reference');
    expect(found?.because).toContain(reason);
  });

  test('or when its name does', () => {
    expect(document('# Ports', 'docs/OLD_PORTS.md')?.authority).toBe('reference');
    expect(document('# Old crane\ncrane: 4100\n', 'ports-deprecated.yaml')?.authority).toBe('reference');
    expect(document('# Status: superseded\ncrane: 4100\n', 'ports.yaml')?.authority).toBe('reference');
  });
});

describe('words about something else change nothing', () => {
  test.each([
    '# Ports\n\nDeprecated services keep their ports for a year.',
    '# Ports\n\nGenerated from `ports.toml` by `just ports`.',
    '# Ports\n\nThe state of obsolete hosts is told elsewhere.',
    '# Ports\n\nThe gateway was replaced by traefik.',
    '# Ports\n\nNumbers are derived from the team number.',
    '# Ports\n\nStatus: current; the list of archived services is below.',
  ])('%j', (opening) => {
    expect(document(opening)).toMatchObject({ authority: 'registry' });
    expect(document(opening)?.canonical).toBeUndefined();
  });
});

test('a document that replaces another one stands above its like', () => {
  expect(document('# Ports\n\nThis list replaces OLD_PORTS.md.')).toMatchObject({
    authority: 'registry',
    canonical: true,
  });
  expect(document('# Fuente única de verdad\ncrane: 4100\n', 'ports.yaml')).toMatchObject({ canonical: true });
});
