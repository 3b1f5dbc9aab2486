/**
 * Why a request is not answered, by the numbers of the protocol.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#errorCodes
 */
const codes = {
  invalidParams: -32602,
  requestFailed: -32803,
  contentModified: -32801,
  requestCancelled: -32800,
} as const;

/** A request that is answered with an error. Thrown by what knows nothing of the connection. */
export class Failure extends Error {
  readonly code: number;

  constructor(why: keyof typeof codes, message: string) {
    super(message);
    this.code = codes[why];
  }
}

/** The answer to a request that the client has cancelled. */
export function cancelled(): Failure {
  return new Failure('requestCancelled', 'The request was cancelled.');
}
