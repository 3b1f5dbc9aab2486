import type { Rule } from '../rule.ts';

/** Its findings come out of `check`, which alone knows what was silenced. */
export const unusedSuppression: Rule = {
  id: 'unused-suppression',
  level: 'warning',
  finds: 'an ignore comment that ignores nothing',
  needsAll: true,
  *check() {},
};
