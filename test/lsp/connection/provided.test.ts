import { expect, test } from 'vitest';
import { provided } from '../../../server/src/lsp/connection/provided.ts';
import { features } from '../../../server/src/lsp/features/index.ts';

test('what the server says that it has is there', () => {
  const answered = features.map(({ method }) => method);
  expect(provided.map(({ method }) => method).filter((method) => !answered.includes(method))).toEqual([]);
  const ofProtocol = answered.filter((method) => !method.startsWith('portolan/'));
  const said = provided.map(({ method }) => method);
  expect(ofProtocol.filter((method) => !said.includes(method))).toEqual(['textDocument/prepareRename']);
});
