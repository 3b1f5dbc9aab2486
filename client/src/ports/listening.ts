import { connect } from 'node:net';

/** How long to wait for one port. On the loopback interface an answer takes no millisecond. */
const PATIENCE = 500;
/** How many ports are tried at a time. */
const AT_ONCE = 64;

/** Both loopback addresses: a server may listen on one of them alone. */
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * Which of these ports somebody listens on. Connects to each on the loopback interface and hangs up at once; that works
 * alike on every system, and nothing is sent.
 */
export async function listening(ports: readonly number[]): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  const waiting = ports[Symbol.iterator]();
  const work = async () => {
    for (const port of waiting) {
      const answers = await Promise.all(LOOPBACK.map((host) => accepts(host, port)));
      if (answers.includes(true)) found.add(port);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', () => end(true));
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
  });
}
