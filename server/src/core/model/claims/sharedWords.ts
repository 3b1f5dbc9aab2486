import type { Claim, FileFacts } from '../../facts.ts';
import { basename } from '../../path.ts';
import { wordsOf } from '../names.ts';
import { ownerOf } from '../statement.ts';

/** Words in front of a name that stand for the project: the project columns, and the folder's own name. */
export function projectWords(folder: string, claims: readonly Claim[]): ReadonlySet<string> {
  const names = new Set([basename(folder), ...claims.map(({ scope }) => scope.project ?? '')]);
  return new Set([...names].map(wordsOf).flatMap((words) => (words.length === 1 ? words : [])));
}

/** Words that three or more owners share, and that therefore tell nothing. */
export function commonWords(documents: readonly FileFacts[]): ReadonlySet<string> {
  const owners = new Map<string, Set<string>>();
  for (const { claims } of documents) {
    for (const claim of claims) {
      if (claim.role !== 'assignment') continue;
      const owner = wordsOf(ownerOf(claim));
      const key = owner.join('');
      for (const word of owner) {
        const sharing = owners.get(word);
        if (sharing === undefined) owners.set(word, new Set([key]));
        // More than three tell no more.
        else if (sharing.size < 3) sharing.add(key);
      }
    }
  }
  return new Set([...owners].filter(([, sharing]) => sharing.size > 2).map(([word]) => word));
}
