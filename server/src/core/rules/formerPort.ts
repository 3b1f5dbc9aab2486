import { SENDERS } from '../model/mentions.ts';
import { ownerOf } from '../model/statement.ts';
import type { Rule } from '../rule.ts';
import { listText, portText, relatedTo, whereText } from '../words.ts';
import { contradiction, mismatchesIn } from './portMismatch.ts';

export const formerPort: Rule = {
  id: 'former-port',
  level: 'warning',
  finds: 'a service still on the port that the registry says it moved away from',
  in: ['compose', 'dotenv', ...SENDERS],
  *check(file, index) {
    for (const { mismatch, at } of mismatchesIn(file, index)) {
      const { former, instead, running } = mismatch;
      if (!former) continue;
      const right = listText(
        instead.map(({ claim }) => portText(claim)),
        'or',
      );
      const message = `${running.service.name} is still on ${at.port}; ${ownerOf(instead[0]!.claim)} has moved to ${right} (${whereText(instead[0]!)}).`;
      const found = contradiction(mismatch, at, index, message);
      yield {
        ...found,
        related: [
          ...found.related,
          { ...relatedTo(former), message: `The move: ${ownerOf(former.claim)} left ${former.claim.port}` },
        ],
      };
    }
  },
};
