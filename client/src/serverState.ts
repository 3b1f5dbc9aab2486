import type { Status } from '../../server/src/lsp/workspace/status.ts';

/** In what state the server is, as far as it concerns the user, and how much there is to worry. */
export type ServerState =
  | { readonly kind: 'starting' | 'reading'; readonly worry: 'none' }
  | { readonly kind: 'partial' | 'unregistered'; readonly worry: 'some' | 'none' }
  | { readonly kind: 'ready'; readonly worry: 'none' }
  | { readonly kind: 'ended'; readonly worry: 'much' };

/**
 * The state to show. How many ports are wrong is no worry about the server: the Problems panel tells that.
 * @param status what the server told last, if anything
 * @param isRunning whether there is a server at all
 */
export function stateOf(status: Status | undefined, isRunning: boolean): ServerState {
  if (!isRunning) return { kind: 'ended', worry: 'much' };
  if (status === undefined) return { kind: 'starting', worry: 'none' };
  if (status.busy) return { kind: 'reading', worry: 'none' };
  if (status.isPartial) return { kind: 'partial', worry: 'some' };
  return { kind: status.registries === 0 ? 'unregistered' : 'ready', worry: 'none' };
}
