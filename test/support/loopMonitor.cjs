// Preloaded into a program under test (`node --require`): notes how long each turn of its event loop takes, and writes
// the turns in milliseconds to the file that LOOP_MONITOR names when the program ends. A turn counts as the lesser of
// wall time and processor time, as a busy machine is not the program's fault.
const { writeFileSync } = require('node:fs');

const turns = [];
let wall = process.hrtime.bigint();
let work = process.cpuUsage();
setInterval(() => {
  const now = process.hrtime.bigint();
  const { user, system } = process.cpuUsage(work);
  turns.push(Math.min(Number(now - wall) / 1e6, (user + system) / 1e3));
  wall = now;
  work = process.cpuUsage();
}, 1).unref();
process.on('exit', () => writeFileSync(process.env.LOOP_MONITOR, JSON.stringify(turns)));
