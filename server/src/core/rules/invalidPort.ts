import type { Rule } from '../rule.ts';

export const invalidPort: Rule = {
  id: 'invalid-port',
  level: 'error',
  finds: 'not a port: 0, over 65535, a reversed or unequal range, `${PORT:80}`',
  *check(file) {
    for (const { span, message, instead } of file.problems) {
      yield {
        path: file.path,
        span,
        message,
        port: null,
        expected: [],
        related: [],
        fixes:
          instead === undefined
            ? []
            : [{ title: `Write ${instead}`, preferred: true, edits: [{ path: file.path, span, newText: instead }] }],
      };
    }
  },
};
