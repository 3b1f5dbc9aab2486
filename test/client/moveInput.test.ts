import { describe, expect, test } from 'vitest';
import { accepted, portChoices, slotFor } from '../../client/src/moveInput.ts';
import type { FreeBlock } from '../../server/src/core/features/freePorts.ts';

const blocks: FreeBlock[] = [
  { port: 9000, endPort: 9099, group: 'cranes', free: [9007, 9008] },
  { port: 9000, endPort: 9999, free: [9007, 9100] },
];

describe('the ports to choose from', () => {
  test('are the free ones, each once, with their blocks', () => {
    expect(portChoices(blocks, '').map(({ label, description }) => [label, description])).toEqual([
      ['9007', 'cranes 9000–9099'],
      ['9008', 'cranes 9000–9099'],
      ['9100', ''],
    ]);
  });

  test('begin with what is typed, unless it is one of them or no number', () => {
    expect(portChoices(blocks, ' 9050 ')[0]).toMatchObject({ port: 9050, isTyped: true });
    expect(portChoices(blocks, '9008').some(({ isTyped }) => isTyped)).toBe(false);
    expect(portChoices(blocks, 'crane').some(({ isTyped }) => isTyped)).toBe(false);
  });
});

test('Enter takes what fits the typed text, never a choice of an older list', () => {
  const choices = portChoices(blocks, '9008');
  const [first, second] = choices;
  expect(accepted(choices, first, '90')?.port).toBe(9007);
  expect(accepted(choices, first, '')?.port).toBe(9007);
  expect(accepted(choices, second, '9008')?.port).toBe(9008);
  expect(accepted(choices, first, '9008')?.port).toBe(9008);
  expect(accepted(choices, undefined, '90')).toBeUndefined();
});

describe('a port is put', () => {
  /** The line after a port is put at `|`, or over what stands between two of them. */
  const put = (drawn: string) => {
    const start = drawn.indexOf('^');
    const end = Math.max(start, drawn.lastIndexOf('^') - 1);
    const line = drawn.replaceAll('^', '');
    const slot = slotFor(line, start, end);
    return slot && `${line.slice(0, slot.start)}NEW${line.slice(slot.end)}`;
  };

  test('over digits, selected or at the cursor', () => {
    expect(put('- "^9006^:8000"')).toBe('- "NEW:8000"');
    expect(put('- "90^06:8000"')).toBe('- "NEW:8000"');
    expect(put('| crane | 9006^ |')).toBe('| crane | NEW |');
  });

  test('where a port may stand', () => {
    expect(put('- "^:8000"')).toBe('- "NEW:8000"');
    expect(put('PORT=^')).toBe('PORT=NEW');
    expect(put('| crane | ^ |')).toBe('| crane | NEW |');
    expect(put('  listen ^;')).toBe('  listen NEW;');
  });

  test('nowhere else', () => {
    expect(put('cra^ne')).toBeUndefined();
    expect(put('^')).toBeUndefined();
    expect(put('some words ^')).toBeUndefined();
    expect(put('^crane^')).toBeUndefined();
  });
});
