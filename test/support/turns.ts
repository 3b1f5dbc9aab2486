/**
 * Notes how long each turn of this process's event loop takes, in milliseconds. A turn counts as the lesser of wall time
 * and processor time, as a busy machine is not the program's fault.
 * @returns ends it, and gives the turns, the shortest first
 */
export function watchTurns(): () => number[] {
  const turns: number[] = [];
  let wall = performance.now();
  let work = process.cpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(work);
    turns.push(Math.min(now - wall, (user + system) / 1000));
    wall = now;
    work = process.cpuUsage();
  }, 1);
  return () => {
    clearInterval(timer);
    return turns.sort((a, b) => a - b);
  };
}
