import type { Diagnostic } from 'vscode-languageserver';
import { Configuration, isConfig } from '../configuration.ts';
import { check, read } from '../core/analyze.ts';
import type { FileFacts } from '../core/facts.ts';
import type { Finding } from '../core/finding.ts';
import { Index } from '../core/model/index.ts';
import type { LineMap } from '../core/text.ts';
import { type Reach, reachOf } from './change.ts';
import { problemToDiagnostic, type Texts, toDiagnostic } from './toLsp.ts';

/** What is known of the workspace's files: their facts, what is set for them, and what follows from both. */
export class Knowledge {
  readonly configuration = new Configuration();
  readonly #index = new Index();
  readonly #log: (message: string) => void;

  constructor(log: (message: string) => void) {
    this.#log = log;
  }

  /** Takes the text of a file; `undefined` when it is gone. Says whose findings may change with it. */
  put(path: string, text: string | undefined): Reach {
    if (isConfig(path)) {
      this.configuration.put(path, text);
      return 'everyone';
    }
    const before = this.#index.file(path);
    const after = text === undefined ? undefined : this.#guard(path, () => read(path, text));
    if (after) this.#index.put(after);
    else if (before) this.#index.delete(path);
    return reachOf(before, after);
  }

  lines(path: string): LineMap | undefined {
    return this.#index.file(path)?.lines ?? this.configuration.file(path)?.lines;
  }

  /** All files of which something is known. */
  paths(): string[] {
    return [...[...this.#index.files()].map(({ path }) => path), ...this.configuration.paths()];
  }

  files(): FileFacts[] {
    return [...this.#index.files()];
  }

  /** The facts of a file, and the index of all facts with the settings for that file. */
  look(path: string): { file: FileFacts; index: Index } | undefined {
    const file = this.#index.file(path);
    if (file === undefined) return undefined;
    const settings = this.configuration.of(path);
    if (this.#index.settings !== settings) this.#index.settings = settings;
    return { file, index: this.#index };
  }

  findings(path: string): readonly Finding[] {
    const seen = this.look(path);
    if (seen === undefined) return [];
    return (
      this.#guard(path, () => check(path, seen.index, ({ id }, error) => this.#fault(`${path}: ${id}`, error))) ?? []
    );
  }

  diagnostics(path: string, texts: Texts): Diagnostic[] {
    const config = this.configuration.file(path);
    if (config) return config.problems.map((problem) => problemToDiagnostic(problem, config.lines));
    return this.findings(path).map((finding) => toDiagnostic(finding, texts));
  }

  /** One faulty reader or rule must not silence the rest. */
  #guard<T>(path: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#fault(path, error);
      return undefined;
    }
  }

  #fault(where: string, error: unknown): void {
    this.#log(`${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }
}
