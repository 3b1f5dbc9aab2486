import { statSync } from 'node:fs';
import { read } from '../core/analyze.ts';
import type { FileFacts } from '../core/facts.ts';
import { nodeHost } from '../host/nodeHost.ts';
import type { Reading } from './workspace.ts';

/** A file that was changed within this time, in milliseconds, may change once more without its times showing it. */
const UNSETTLED = 2000;

interface Kept {
  readonly stamp: string;
  readonly text: string | undefined;
  /** What was made of the text, for a file that the settings call a registry and for one that they do not. */
  readonly facts: Map<boolean, FileFacts | undefined>;
}

/**
 * Reads files and keeps what was read, for a process that opens the same workspace again and again: those that have not
 * changed since are not read again.
 */
export class KeptReading implements Reading {
  #last: ReadonlyMap<string, Kept> = new Map();
  #now = new Map<string, Kept>();

  /** The workspace is opened anew. What was not read the last time is forgotten. */
  begin(): void {
    this.#last = this.#now;
    this.#now = new Map();
  }

  async readFile(path: string): Promise<string | undefined> {
    const stamp = stampOf(path);
    const last = this.#last.get(path);
    const isSame = last !== undefined && last.stamp === stamp;
    const text = isSame ? last.text : await nodeHost.readFile(path);
    if (stamp !== undefined) this.#now.set(path, isSame ? last : { stamp, text, facts: new Map() });
    return text;
  }

  read(path: string, text: string, isNamed = false): FileFacts | undefined {
    const kept = this.#now.get(path);
    if (kept?.text !== text) return read(path, text, isNamed);
    if (!kept.facts.has(isNamed)) kept.facts.set(isNamed, read(path, text, isNamed));
    return kept.facts.get(isNamed);
  }
}

/** What differs when a file does; `undefined` where that cannot be relied on, or not yet. */
function stampOf(path: string): string | undefined {
  try {
    const about = statSync(path, { bigint: true });
    if (Date.now() - Number(about.ctimeMs) < UNSETTLED) return undefined;
    return [about.dev, about.ino, about.size, about.mtimeNs, about.ctimeNs].join(':');
  } catch {
    return undefined; // gone, or not ours to look at
  }
}
