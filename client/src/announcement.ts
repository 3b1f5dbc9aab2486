import type { ClientCapabilities, StaticFeature } from 'vscode-languageclient';

/** Tells the server what this client takes that the protocol knows nothing of: other editors would only wonder at it. */
export const announcement: StaticFeature = {
  fillClientCapabilities(capabilities: ClientCapabilities) {
    capabilities.experimental = { ...capabilities.experimental, portolan: { showReferences: true, status: true } };
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};
