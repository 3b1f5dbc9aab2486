import { findPorts } from '../../notation/portText.ts';
import { holds, type Ports } from '../../ports.ts';
import type { Statement } from '../statement.ts';

/** Whether the rows of a service speak of a port beside those that they give it: `sync on 22000`, `8081/actuator`. */
export function isNoted(ports: Ports, statements: readonly Statement[]): boolean {
  const digits = String(ports.port);
  return statements.some(({ claim: { note, beside } }) =>
    [note, beside].some((text) => text?.includes(digits) && findPorts(text).some((noted) => holds(noted, ports))),
  );
}
