import fc from 'fast-check';
import { expect, test } from 'vitest';
import { read } from '../../../../server/src/core/analyze.ts';
import type { Claim } from '../../../../server/src/core/facts.ts';
import { namesToFind } from '../../../../server/src/core/model/claims/claimNames.ts';
import type { Filed } from '../../../../server/src/core/model/claims/filed.ts';
import { NamedClaims } from '../../../../server/src/core/model/claims/namedClaims.ts';
import { nameKeys } from '../../../../server/src/core/model/names.ts';

const words = ['harbour', 'quay', 'crane', 'api', 'service', 'db', 'database', 'dev', 'web', '2'];
const name = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 })
  .chain((parts) => fc.constantFrom(' ', '-', '').map((between) => parts.join(between)));
const rows = fc.array(fc.record({ service: name, container: name }), { minLength: 2, maxLength: 12 });
const prefixes = new Set(['harbour']);

function registryOf(owners: readonly { service: string; container: string }[]) {
  const lines = owners.map(({ service, container }, n) => `| ${service} | ${container} | ${4000 + n} |`);
  return read(
    'PORTS.md',
    ['# Port registry', '', '| Service | Container | Port |', '|---|---|---|', ...lines].join('\n'),
  )!;
}

/** The ranks at which the names of a claim agree with those asked for, found by looking at all keys of all names. */
function agreement(asked: readonly string[], claim: Claim): number {
  const own = namesToFind(claim).flatMap((one) => [...nameKeys(one, prefixes)]);
  const ranks = asked.flatMap((one) =>
    [...nameKeys(one, prefixes)].flatMap(([key, rank]) =>
      own.filter(([other]) => other === key).map(([, given]) => Math.max(rank, given)),
    ),
  );
  return Math.min(Number.POSITIVE_INFINITY, ...ranks);
}

test('the claims that are found are the ones whose names agree best, whatever was looked up to find them', () => {
  fc.assert(
    fc.property(rows, fc.array(name, { minLength: 1, maxLength: 3 }), (owners, asked) => {
      const file = registryOf(owners);
      const filed = file.claims.map((claim, place): Filed => ({ claim, file, place }));
      const names = new NamedClaims(() => filed, prefixes, {});
      const found = names.named(asked.map((one) => ({ name: one, by: 'service name' })));
      const ranks = file.claims.map((claim) => agreement(asked, claim));
      const best = Math.min(...ranks);
      const expected = file.claims.filter((_, i) => Number.isFinite(best) && ranks[i] === best);
      expect(new Set(found.map(({ claim }) => claim))).toEqual(new Set(expected));
      expect(found.every(({ rank }) => rank === best)).toBe(true);
    }),
  );
});
