import type { ClaimRole, FileFacts } from '../facts.ts';
import { governedBy } from '../model/governance.ts';
import { basename } from '../path.ts';
import { listText } from '../words.ts';

/** How hovers and `portolan registries` speak of documents with claims. */

const ROLES: Readonly<Record<ClaimRole, readonly [one: string, many: string]>> = {
  assignment: ['assignment', 'assignments'],
  range: ['block', 'blocks'],
  reserved: ['reserved port', 'reserved ports'],
  forbidden: ['forbidden port', 'forbidden ports'],
  free: ['free port', 'free ports'],
  former: ['former port', 'former ports'],
};

/** How many claims of each role a document has; roles without any are left out. */
export function claimsByRole({ claims }: FileFacts): Partial<Record<ClaimRole, number>> {
  const counts: Partial<Record<ClaimRole, number>> = {};
  for (const role of Object.keys(ROLES) as ClaimRole[]) {
    const count = claims.filter((claim) => claim.role === role).length;
    if (count > 0) counts[role] = count;
  }
  return counts;
}

/** `12 assignments and 1 block` */
export function claimsText(file: FileFacts): string {
  const counts = Object.entries(claimsByRole(file)) as [ClaimRole, number][];
  return listText(counts.map(([role, count]) => `${count} ${ROLES[role][count === 1 ? 0 : 1]}`));
}

/** `registry of the folder harbour`, or `reference`. `shown` turns a folder into one to show. */
export function standingText(file: FileFacts, shown: (folder: string) => string = basename): string {
  if (file.document?.authority !== 'registry') return 'reference';
  const folder = shown(governedBy(file));
  return folder === '' || folder === '.' ? 'registry of everything here' : `registry of the folder ${folder}`;
}
