import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { listening } from '../../client/src/ports/listening.ts';

async function listenOn(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

test('tells which of many ports somebody listens on', async () => {
  const open = await listenOn('127.0.0.1');
  const closing = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closing.once('listening', resolve));
  const { port: closed } = closing.address() as { port: number };
  await new Promise((resolve) => closing.close(resolve));
  const many = Array.from({ length: 300 }, () => closed);
  expect([...(await listening([...many, open, closed]))]).toEqual([open]);
});
