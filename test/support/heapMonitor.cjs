// Preloaded into a program under test (`node --expose-gc --require`) that has an IPC channel: answers each message with
// what is left after a garbage collection.
process.on('message', () => {
  globalThis.gc();
  globalThis.gc(); // what the first one has found to be finalised
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send({
    heap: (heapUsed + external) / 2 ** 20,
    rss: rss / 2 ** 20,
    resources: process.getActiveResourcesInfo(),
  });
});
process.channel.unref();
