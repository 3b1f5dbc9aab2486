import { feature } from '../feature.ts';
import type { Status } from '../workspace/status.ts';

/** The workspace in numbers. */
export const statusFeature = feature({
  method: 'portolan/status',
  answer: (_: unknown, { workspace }): Status => workspace.status(),
});
