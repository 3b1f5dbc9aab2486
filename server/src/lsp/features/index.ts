import type { Feature } from '../feature.ts';
import { codeActionsFeature } from './codeActions.ts';
import { codeLensFeature } from './codeLens.ts';
import { completionFeature } from './completion.ts';
import { definitionFeature } from './definition.ts';
import { documentSymbolsFeature } from './documentSymbols.ts';
import { draftFeature } from './draft.ts';
import { fixAllFeature } from './fixAll.ts';
import { highlightsFeature } from './highlights.ts';
import { hoverFeature } from './hover.ts';
import { inlayHintsFeature } from './inlayHints.ts';
import { linksFeature } from './links.ts';
import { freeFeature, moveFeature, servicesFeature } from './move.ts';
import { overviewFeature } from './overview.ts';
import { referencesFeature } from './references.ts';
import { prepareRenameFeature, renameFeature } from './rename.ts';
import { selectionRangesFeature } from './selectionRanges.ts';
import { statusFeature } from './status.ts';
import { workspaceSymbolsFeature } from './workspaceSymbols.ts';

/** All that editors can ask. */
// biome-ignore lint/suspicious/noExplicitAny: each feature knows the types of its own parameters
export const features: readonly Feature<any, unknown>[] = [
  hoverFeature,
  codeActionsFeature,
  completionFeature,
  draftFeature,
  fixAllFeature,
  statusFeature,
  codeLensFeature,
  definitionFeature,
  documentSymbolsFeature,
  highlightsFeature,
  inlayHintsFeature,
  linksFeature,
  referencesFeature,
  selectionRangesFeature,
  workspaceSymbolsFeature,
  overviewFeature,
  prepareRenameFeature,
  renameFeature,
  servicesFeature,
  freeFeature,
  moveFeature,
];
