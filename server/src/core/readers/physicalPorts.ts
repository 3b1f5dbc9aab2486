import type { Claim } from '../facts.ts';
import { grouped } from '../grouped.ts';

/** The first port that any service has: https://www.rfc-editor.org/rfc/rfc862 */
const FIRST_OF_SERVICES = 7;
/** No switch or patch panel counts further. */
const MOST = 128;

/**
 * Whether claims that stand together are about the ports of a device, such as a switch, a patch panel or a serial
 * console: these are counted from 1.
 */
export function arePhysical(claims: readonly Pick<Claim, 'port' | 'endPort' | 'role'>[]): boolean {
  return (
    claims.some(({ port, endPort }) => port < FIRST_OF_SERVICES && endPort === undefined) &&
    claims.every(({ port, endPort = port, role }) => endPort <= MOST && role !== 'forbidden')
  );
}

/** The claims of all sections but those about the ports of a device. */
export function withoutPhysical(claims: readonly Claim[]): readonly Claim[] {
  if (!claims.some(({ port }) => port < FIRST_OF_SERVICES)) return claims;
  const sectionOf = ({ section }: Claim) => section.join('\n');
  const sections = grouped(claims, sectionOf);
  const physical = new Set([...sections.keys()].filter((section) => arePhysical(sections.get(section)!)));
  return claims.filter((claim) => !physical.has(sectionOf(claim)));
}
