import type { Place } from '../finding.ts';
import { ownerOf, placeOf, type Statement } from '../model/statement.ts';
import { listText, whereText } from '../words.ts';

/** What a registry says where something else is done. */
interface Instead {
  readonly owner: string;
  readonly expected: readonly number[];
  /** The ports in words: `9006 or 9007`. */
  readonly ports: string;
  /** Where the first of them stands, in words. */
  readonly where: string;
  readonly registry: Place;
}

/** Puts together what statements about one owner say, each port once. There is one statement at least. */
export function insteadOf(statements: readonly Statement[]): Instead {
  const [first] = statements as [Statement];
  const expected = [...new Set(statements.map(({ claim }) => claim.port))];
  const ports = listText(expected.map(String), 'or');
  return { owner: ownerOf(first.claim), expected, ports, where: whereText(first), registry: placeOf(first) };
}
