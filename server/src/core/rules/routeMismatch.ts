import { ownerOf, placeOf } from '../model/claims.ts';
import { misroutedIn } from '../model/sites.ts';
import type { Rule } from '../rule.ts';
import { listText, relatedTo, whereText } from '../words.ts';

export const routeMismatch: Rule = {
  id: 'route-mismatch',
  level: 'warning',
  finds: "an nginx location that the registry's route table sends elsewhere",
  *check(file, index) {
    for (const { span, port, address, instead, actual, isNamed } of misroutedIn(file, index)) {
      const [first] = instead as [(typeof instead)[number]];
      const right = [...new Set(instead.map(({ claim }) => claim.port))];
      yield {
        path: file.path,
        span,
        message: `${address} goes to "${ownerOf(actual!.claim)}", but the registry gives it to "${ownerOf(first.claim)}" on ${listText(right.map(String), 'or')} (${whereText(first)}).`,
        port,
        service: ownerOf(first.claim),
        expected: right,
        registry: placeOf(first),
        related: [...instead.map(relatedTo), { ...placeOf(actual!), message: 'Who is reached instead' }],
        fixes: right.flatMap((correct) =>
          port === null || right.length > 1 || isNamed
            ? []
            : [
                {
                  title: `Use ${correct}, the port of ${ownerOf(first.claim)}`,
                  preferred: true,
                  edits: [{ path: file.path, span, newText: String(correct) }],
                },
              ],
        ),
      };
    }
  },
};
