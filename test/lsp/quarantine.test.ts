import { readdirSync, utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DiskQuarantine } from '../../server/src/quarantine/quarantine.ts';
import { folderWith, writeAt } from '../support/disk.ts';

const forever = () => {
  for (;;);
};
/** Longer texts are watched by the clock. */
const LONG = 20_000;

function place(): { cache: string; path: string } {
  return { cache: folderWith({}), path: `${folderWith({ 'compose.yaml': 'a' })}/compose.yaml` };
}

test('what takes too long is held, also by the next process, until it changes on disk', () => {
  const { cache, path } = place();
  const first = new DiskQuarantine(cache, '1', 100);
  expect(first.holds(path)).toBe(false);
  expect(() => first.attempt('read', path, LONG, forever)).toThrow('longer than 100 ms');
  expect(first.holds(path)).toBe(true);
  expect(new DiskQuarantine(cache, '1').holds(path)).toBe(true);
  expect(new DiskQuarantine(cache, '2').holds(path), 'another version').toBe(false);
  utimesSync(path, 1, 1);
  expect(new DiskQuarantine(cache, '1').holds(path)).toBe(false);
});

test('faults that are no standstill pass through', () => {
  const { cache, path } = place();
  const quarantine = new DiskQuarantine(cache, '1');
  const fault = () => {
    throw new RangeError('out of bounds');
  };
  for (const size of [1, LONG]) expect(() => quarantine.attempt('read', path, size, fault)).toThrow(RangeError);
  expect(quarantine.attempt('read', path, LONG, () => 'read')).toBe('read');
  expect(quarantine.holds(path)).toBe(false);
});

test('a file at which three processes have died within minutes is held, as sound as it seems', () => {
  const { cache, path } = place();
  const deaths = { [path]: [60_000, 30_000].map((ago) => ({ task: 'read', at: Date.now() - ago })) };
  const records = { version: '1', held: {}, deaths };
  writeAt(cache, { 'quarantine.json': JSON.stringify(records), 'reading-4194303': `${path}\0` });
  expect(new DiskQuarantine(cache, '1').holds(path)).toBe(true);
  expect(readdirSync(cache).filter((name) => name.startsWith('reading-'))).toEqual([`reading-${process.pid}`]);
});

test('the notes of processes that live are left to them', () => {
  const { cache, path } = place();
  writeAt(cache, { [`reading-${process.ppid}`]: `${path}\0` });
  expect(new DiskQuarantine(cache, '1').holds(path)).toBe(false);
  expect(readdirSync(cache)).toContain(`reading-${process.ppid}`);
});
