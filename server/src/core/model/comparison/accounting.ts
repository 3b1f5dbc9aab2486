import type { Claim } from '../../facts.ts';
import { covers, type Ports } from '../../ports.ts';
import { ByPorts } from '../byPorts.ts';
import { hostUses, type Running, targetOf, usualPorts } from '../services/services.ts';
import type { PlacedUse } from '../services/uses.ts';
import type { Match } from '../statement.ts';

/** The claims that are not met: their service does not use their port on the side of which they speak. */
export function notSatisfied(matches: readonly Match[], running: Running): Match[] {
  const uses = hostUses(running);
  const key = (use: PlacedUse) => portsKey(use) + portsKey(targetOf(use, running));
  const byPorts = new ByPorts(uses, (use) => [use, targetOf(use, running)], key);
  return matches.filter(({ claim }) => !byPorts.find(claim, (use) => explains(claim, use, running)));
}

/** The published ports for which none of these claims accounts. */
export function unexplained(uses: readonly PlacedUse[], matches: readonly Match[], running: Running): PlacedUse[] {
  const byPorts = claimsByPorts(matches);
  return uses.filter((use) => {
    const isMeant = ({ claim }: Match) => explains(claim, use, running);
    const target = targetOf(use, running);
    return !byPorts.find(use, isMeant) && !(target && byPorts.find(target, isMeant));
  });
}

/** Statements of which those about some ports are asked for again and again. */
export function claimsByPorts(matches: readonly Match[]): ByPorts<Match> {
  return new ByPorts(
    matches,
    ({ claim }) => [claim],
    ({ claim }) => `${portsKey(claim)} ${claim.side} ${claim.role}`,
  );
}

function portsKey(ports: Ports | undefined): string {
  return ports ? `${ports.port}-${ports.endPort ?? ''} ` : '- ';
}

/**
 * Whether a claim accounts for a published port: it names the port; or it names the port behind it, where that is the
 * one on which such an image always listens, so that the registry plainly speaks of the inside.
 */
function explains(claim: Claim, use: PlacedUse, running: Running): boolean {
  if (covers(claim, use)) return true;
  if (claim.side === 'host') return false;
  const target = targetOf(use, running);
  if (!target || !covers(claim, target)) return false;
  return claim.side === 'any' && usualPorts(running).includes(target.port);
}
