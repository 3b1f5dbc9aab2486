import { ownerOf } from '../model/statement.ts';
import { usageOf } from '../queries/usage.ts';
import type { Rule } from '../rule.ts';
import { portText } from '../words.ts';

export const unusedClaim: Rule = {
  id: 'unused-claim',
  level: 'off',
  finds: 'an assignment in a registry that nothing uses',
  in: ['registry'],
  needsAll: true,
  *check(file, index) {
    const usage = usageOf(file, index);
    if (!usage) return;
    for (const [claim, uses] of usage.satisfying) {
      if (uses.length > 0 || claim.excused || usage.missed.has(claim)) continue;
      yield {
        path: file.path,
        span: claim.span,
        message: `Nothing uses ${portText(claim)}, which is given to "${ownerOf(claim)}" here.`,
        port: claim.port,
        service: ownerOf(claim),
        expected: [],
        related: [],
        fixes: [],
      };
    }
  },
};
