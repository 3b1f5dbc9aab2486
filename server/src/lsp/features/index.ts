import type { Feature } from '../feature.ts';
import { codeActionsFeature } from './codeActions.ts';
import { completionFeature } from './completion.ts';
import { draftFeature } from './draft.ts';
import { fixAllFeature } from './fixAll.ts';
import { hoverFeature } from './hover.ts';
import { statusFeature } from './status.ts';

/** All that editors can ask. */
// biome-ignore lint/suspicious/noExplicitAny: each feature knows the types of its own parameters
export const features: readonly Feature<any, unknown>[] = [
  hoverFeature,
  codeActionsFeature,
  completionFeature,
  draftFeature,
  fixAllFeature,
  statusFeature,
];
