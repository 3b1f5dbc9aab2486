import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DiskEvents } from '../../../server/src/lsp/workspace/diskEvents.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Takes the events; `undefined` while they are kept back. */
function taking(events: DiskEvents): () => string[] | undefined {
  let taken: string[] | undefined;
  void events.take().then((paths) => {
    taken = [...paths];
  });
  return () => taken;
}

test('events are given once it is calm, each path once', async () => {
  const events = new DiskEvents();
  events.add(['/a', '/b']);
  const taken = taking(events);
  await vi.advanceTimersByTimeAsync(40);
  events.add(['/b', '/c']);
  await vi.advanceTimersByTimeAsync(40);
  expect(taken()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(20);
  expect(taken()).toEqual(['/a', '/b', '/c']);
  expect(events.isEmpty).toBe(true);
});

test('where it never gets calm they are given all the same', async () => {
  const events = new DiskEvents();
  events.add(['/first']);
  const taken = taking(events);
  const restless = setInterval(() => events.add(['/more']), 5);
  await vi.advanceTimersByTimeAsync(900);
  expect(taken()).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);
  expect(taken()).toEqual(['/first', '/more']);
  clearInterval(restless);
});
