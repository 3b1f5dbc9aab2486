import { expect, test } from 'vitest';
import { stateOf } from '../../client/src/serverState.ts';
import type { Status } from '../../server/src/lsp/workspace/status.ts';

const fine: Status = { registries: 1, claims: 9, uses: 9, errors: 3, warnings: 2, busy: false, isPartial: false };

test.each([
  ['a server that has ended', undefined, false, 'ended', 'much'],
  ['one that has told nothing yet', undefined, true, 'starting', 'none'],
  ['one that reads, whatever it knows already', { ...fine, registries: 0, busy: true }, true, 'reading', 'none'],
  ['one that was stopped while it read', { ...fine, registries: 0, isPartial: true }, true, 'partial', 'some'],
  ['a workspace without a registry', { ...fine, registries: 0 }, true, 'unregistered', 'none'],
  ['findings, which are no fault of the server', fine, true, 'ready', 'none'],
] as const)('%s', (_, status, isRunning, kind, worry) => {
  expect(stateOf(status, isRunning)).toEqual({ kind, worry });
});
