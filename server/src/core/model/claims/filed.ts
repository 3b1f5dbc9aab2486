import type { Claim, FileFacts } from '../../facts.ts';
import { basename } from '../../path.ts';
import { isGeneric, wordsOf } from '../names.ts';
import { ownerOf, type Statement } from '../statement.ts';

/** A claim in its drawers. Stays the same object when the document around the claim changes. */
export interface Filed {
  claim: Claim;
  file: FileFacts;
  /** Where it comes among all claims of the shelf. */
  place: number;
}

/** In the order of the documents and their texts. */
export const byPlace = (a: Filed, b: Filed) => a.place - b.place;

/** What is handed out does not change any more. */
export function toStatement({ claim, file }: Filed): Statement {
  return { claim, file };
}

/** Whether a claim gives ports to a group. */
export function isBlock({ role, endPort }: Claim): boolean {
  return role === 'range' && endPort !== undefined;
}

/** The words of the group to which a block is given; `undefined` where many things are called so. */
export function groupOf({ service = '' }: Claim): string | undefined {
  const group = wordsOf(service.replace(/[（(].*/su, '')).join(' ');
  return group === '' || isGeneric(group) ? undefined : group;
}

/** Under which groups a claim is filed. */
export function groupsOf(claim: Claim): string[] {
  const group = isBlock(claim) ? groupOf(claim) : undefined;
  return group === undefined ? [] : [group];
}

/** The first word of the owner's name. */
export function firstWordOf(claim: Claim): string {
  return wordsOf(claim.container ?? ownerOf(claim))[0] ?? '';
}

/** The name of the folder in which a row says that its service lies, where it tells which one is meant. */
export function placesOf({ role, folder }: Claim): string[] {
  return role === 'assignment' && folder !== undefined && tellsPlace(folder) ? [basename(folder)] : [];
}

/** `backend` may be any folder of that name; `harbour/backend` and `crane-gate` are one. */
function tellsPlace(folder: string): boolean {
  return folder.includes('/') || !isGeneric(folder);
}
