import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A key that protects nothing: it is for servers of tests on this machine alone. */
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHpAXNVkS1uMF3Jf/
Wte2n3bwAmFSx0qaZQ4g9PJzegOhRANCAATna26lQnojU6k0jPiaioLtUedIpEoG
NP8wnICCOvlBCd/BjWMcs/iz9JTk0GoVaTb6ItapZ0b91kajd5JICW4j
-----END PRIVATE KEY-----
`;

/** The certificate of such a server, for `localhost`, `harbour.test` and 127.0.0.1; good until the year 2120. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBezCCASGgAwIBAgIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxoYXJib3Vy
LnRlc3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBcxFTATBgNV
BAMMDGhhcmJvdXIudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOdrbqVC
eiNTqTSM+JqKgu1R50ikSgY0/zCcgII6+UEJ38GNYxyz+LP0lOTQahVpNvoi1qln
Rv3WRqN3kkgJbiOjXDBaMA8GA1UdEwEB/wQFMAMBAf8wKAYDVR0RBCEwH4IJbG9j
YWxob3N0ggxoYXJib3VyLnRlc3SHBH8AAAEwHQYDVR0OBBYEFKUQ9JtQSmijLWmn
lsdDmAqkYmOzMAoGCCqGSM49BAMCA0gAMEUCIFsCxxhBzr13bGT3rkCJOTQ3+1H1
M/eX9tBLf+Yje6IqAiEA6rD6Bk91bPBrDNZql4vrSfZCqZyw+b2eWRMRhY9BLfk=
-----END CERTIFICATE-----
`;

/** A request as a test sees it. */
interface Asked {
  readonly path: string;
  readonly etag: string | undefined;
}

/** A server on this machine, which answers as a test wants. */
export interface HarbourMaster {
  /** `https://localhost:PORT` */
  readonly origin: string;
  readonly asked: readonly Asked[];
  stop(): void;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts a server over TLS; gone when the test is over. */
export async function harbourMaster(answer: Answer): Promise<HarbourMaster> {
  const asked: Asked[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    asked.push({ path: request.url ?? '', etag: request.headers['if-none-match'] });
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(stop);
  return { origin: `https://localhost:${(server.address() as AddressInfo).port}`, asked, stop };
}

/** Answers with a text, and with 304 to whoever has it. */
export function document(text: string, etag?: string): Answer {
  return (request, response) => {
    if (etag !== undefined) response.setHeader('etag', etag);
    if (etag !== undefined && request.headers['if-none-match'] === etag) response.writeHead(304).end();
    else response.end(text);
  };
}

/** The hash of a text, as `integrity` takes it. */
export function hashOf(text: string, algorithm = 'sha384'): string {
  return `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
}
