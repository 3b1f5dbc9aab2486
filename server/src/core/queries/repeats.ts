import type { Claim, Scope } from '../facts.ts';
import { shareNumberAlone } from '../model/claims/numbered.ts';
import { isGeneric, mayBeSame, wordsOf } from '../model/names.ts';
import { ownerOf } from '../model/statement.ts';

/** Whether two claims may speak of one owner; containers decide where both are told. */
export function mayBeOneOwner(a: Claim, b: Claim, common: ReadonlySet<string>): boolean {
  if (a.container !== undefined && b.container !== undefined) {
    if (shareNumberAlone(a.container, b.container)) return mayBeSame(ownerOf(a), ownerOf(b), common);
    return (
      mayBeSame(a.container, b.container, common) ||
      (!isGeneric(ownerOf(a)) && mayBeSame(ownerOf(a), ownerOf(b), common))
    );
  }
  if (explains(a, b) || explains(b, a)) return true;
  const names = (claim: Claim) =>
    [ownerOf(claim), claim.service, claim.container, claim.scope.project].filter((name) => name !== undefined);
  return names(a).some((x) => names(b).some((y) => mayBeSame(x, y, common)));
}

/** `Ledger web`, with the note `the admin pages`, is `Ledger admin`: its name and its note hold all words of the other. */
function explains({ service, note, clashes }: Claim, other: Claim): boolean {
  if (service === undefined || note === undefined || clashes || other.clashes) return false;
  const said = new Set(wordsOf(`${service} ${note}`));
  const owner = wordsOf(ownerOf(other));
  return wordsOf(service)[0] === owner[0] && owner.every((word) => said.has(word));
}

/**
 * Where a claim holds. One that names no place and repeats another one's port and owner, as a list below a table does,
 * holds where that one does.
 * @param claims all of the same document, or those to the same port
 * @param isOne whether two claims may speak of one owner
 */
export function scopeAmong(claim: Claim, claims: readonly Claim[], isOne: (a: Claim, b: Claim) => boolean): Scope {
  if (isPlaced(claim.scope) || !claims.some((other) => isPlaced(other.scope))) return claim.scope;
  const repeated = claims.filter(
    (other) => other !== claim && other.role === 'assignment' && other.port === claim.port && isOne(claim, other),
  );
  const places = new Set(repeated.map(({ scope: { environment, machine } }) => `${environment}\n${machine}`));
  const [first] = repeated;
  if (!first || places.size > 1) return claim.scope;
  const { environment, machine } = first.scope;
  return {
    ...claim.scope,
    ...(environment !== undefined && { environment }),
    ...(machine !== undefined && { machine }),
  };
}

function isPlaced({ environment, machine }: Scope): boolean {
  return environment !== undefined || machine !== undefined;
}
