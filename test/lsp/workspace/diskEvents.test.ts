import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DiskEvents } from '../../../server/src/lsp/workspace/diskEvents.ts';

test('events are given once it is calm, each path once', async () => {
  const events = new DiskEvents();
  events.add(['/a', '/b']);
  const taken = events.take();
  await sleep(20);
  events.add(['/b', '/c']);
  expect([...(await taken)]).toEqual(['/a', '/b', '/c']);
  expect(events.isEmpty).toBe(true);
});

test('where it never gets calm they are given all the same', async () => {
  const events = new DiskEvents();
  const restless = setInterval(() => events.add([`/${performance.now()}`]), 5);
  events.add(['/first']);
  expect([...(await events.take())]).toContain('/first');
  clearInterval(restless);
});

test('an event that comes alone is not kept for long', async () => {
  const events = new DiskEvents();
  events.add(['/a']);
  const start = performance.now();
  await events.take();
  expect(performance.now() - start).toBeGreaterThanOrEqual(45);
});
