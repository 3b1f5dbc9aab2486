import type { Rule } from '../rule.ts';
import { duplicatePublished } from './duplicatePublished.ts';
import { forbiddenPort } from './forbiddenPort.ts';
import { formerPort } from './formerPort.ts';
import { internalPublished } from './internalPublished.ts';
import { invalidPort } from './invalidPort.ts';
import { outOfRange } from './outOfRange.ts';
import { ownedByOther } from './ownedByOther.ts';
import { portMismatch } from './portMismatch.ts';
import { registryDisagreement } from './registryDisagreement.ts';
import { registryDuplicate } from './registryDuplicate.ts';
import { routeMismatch } from './routeMismatch.ts';
import { unregisteredPort } from './unregisteredPort.ts';
import { unusedClaim } from './unusedClaim.ts';
import { unusedSuppression } from './unusedSuppression.ts';
import { upstreamMismatch } from './upstreamMismatch.ts';

/** Every rule. Their order is that of the documentation and makes no difference to the findings. */
export const rules: readonly Rule[] = [
  portMismatch,
  ownedByOther,
  formerPort,
  forbiddenPort,
  outOfRange,
  internalPublished,
  unregisteredPort,
  registryDuplicate,
  registryDisagreement,
  duplicatePublished,
  upstreamMismatch,
  routeMismatch,
  invalidPort,
  unusedSuppression,
  unusedClaim,
];
