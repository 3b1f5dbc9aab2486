// Preloaded into a program under test (`node --expose-gc --require`) that has an IPC channel: answers each message with
// what is left after a garbage collection, and writes the whole heap to a file if the message names one. Machine code is
// left out: Node compiles more of it for as long as it runs.
const { getHeapSpaceStatistics, writeHeapSnapshot } = require('node:v8');

process.on('message', ({ snapshot }) => {
  globalThis.gc();
  globalThis.gc(); // what the first one has found to be finalised
  const data = getHeapSpaceStatistics().filter(({ space_name: name }) => !name.startsWith('code'));
  const used = data.reduce((sum, { space_used_size: size }) => sum + size, 0);
  const { external, rss } = process.memoryUsage();
  const resources = process.getActiveResourcesInfo();
  if (snapshot) writeHeapSnapshot(snapshot);
  process.send({ heap: (used + external) / 2 ** 20, rss: rss / 2 ** 20, resources });
});
process.channel.unref();
