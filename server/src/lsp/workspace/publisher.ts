import type { Diagnostic, DiagnosticSeverity, PublishDiagnosticsParams } from 'vscode-languageserver';

/** Remembers what the editor was told, and tells it only what differs. */
export class Publisher {
  readonly #send: (params: PublishDiagnosticsParams) => void;
  readonly #last = new Map<string, PublishDiagnosticsParams>();
  /** How many of them there are of each severity. They are asked for far more often than files are told of. */
  readonly #counts = new Map<DiagnosticSeverity | undefined, number>();

  constructor(send: (params: PublishDiagnosticsParams) => void) {
    this.#send = send;
  }

  /**
   * The diagnostics of a file. An open document's are sent with each of its versions, so that the editor knows that
   * they hold for the text it shows.
   */
  publish(path: string, params: PublishDiagnosticsParams): void {
    const { diagnostics, version } = params;
    const last = this.#last.get(path);
    const isOfNewVersion = version !== undefined && version !== last?.version;
    if (!isOfNewVersion && JSON.stringify(diagnostics) === JSON.stringify(last?.diagnostics ?? [])) return;
    if (diagnostics.length > 0 || version !== undefined) this.#last.set(path, params);
    else this.#last.delete(path);
    this.#count(last?.diagnostics ?? [], -1);
    this.#count(diagnostics, 1);
    this.#send(params);
  }

  /** The files that the editor knows something of. */
  paths(): string[] {
    return [...this.#last.keys()];
  }

  count(severity: DiagnosticSeverity): number {
    return this.#counts.get(severity) ?? 0;
  }

  #count(diagnostics: readonly Diagnostic[], by: number): void {
    for (const { severity } of diagnostics) this.#counts.set(severity, (this.#counts.get(severity) ?? 0) + by);
  }
}
