import { createHash, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { copyPath, integrity, type RemoteSource } from '../../core/settings/sources.ts';
import { type Fetched, maxFileSize, type Remote, textOf } from '../../host/host.ts';
import { type Download, download, internet, type Limits, type Reach, Refused } from './download.ts';

/** What is longer would not be read from a disk, either. */
const limits: Limits = { size: maxFileSize, time: 10_000, redirects: 3 };
/** Nobody waits long to hear whether there is news. */
const NEWS_TIME = 3000;
/** How often that is asked, in milliseconds. */
const HOUR = 3_600_000;

/** What is kept beside a copy. */
interface State {
  /** What the server calls the file: the tag of another one if there has been news. */
  readonly etag?: string;
  /** When the server was last asked. */
  readonly asked: number;
  /** The hash of the file that is there now, if it is another one. */
  readonly newer?: string;
}

/** What may be set otherwise. */
export interface Options {
  readonly limits?: Partial<Limits>;
  readonly reach?: Reach;
  /** The time, in milliseconds. */
  readonly now?: () => number;
}

/**
 * Files from other machines, as copies in a folder. A copy counts as long as it has its hash, whether the server can be
 * reached or not; once in an hour the server is asked whether the file is another one by now.
 */
export class Copies implements Remote {
  readonly folder: string;
  readonly #limits: Limits;
  readonly #reach: Reach;
  readonly #now: () => number;

  constructor(folder: string, { limits: others = {}, reach = internet, now = Date.now }: Options = {}) {
    this.folder = folder;
    this.#limits = { ...limits, ...others };
    this.#reach = reach;
    this.#now = now;
  }

  async read(source: RemoteSource): Promise<Fetched> {
    const path = copyPath(this.folder, source);
    const kept = contentOf(path, this.#limits.size);
    if (kept && hasHash(kept, source.integrity)) {
      const fetched = asText(kept);
      return fetched.text === undefined ? fetched : { ...fetched, news: this.#newsOf(source, path) };
    }
    try {
      const sent = await download(source.path, undefined, this.#limits, this.#reach);
      return this.#take(sent!, source, path);
    } catch (error) {
      if (error instanceof Refused) return { why: error.message };
      throw error;
    }
  }

  #take({ body, etag }: NonNullable<Download>, source: RemoteSource, path: string): Fetched {
    if (!hasHash(body, source.integrity)) {
      const hash = hashOf(body, algorithmOf(source.integrity));
      return { why: `its hash is ${hash} and not the one in \`integrity\`; use it only after a look at the file.` };
    }
    const fetched = asText(body);
    if (fetched.text !== undefined) {
      keep(path, body);
      keepState(path, { asked: this.#now(), ...(etag !== undefined && { etag }) });
    }
    return fetched;
  }

  /** Whether the server has another file by now. One that cannot be reached has no news. */
  async #newsOf(source: RemoteSource, path: string): Promise<string | undefined> {
    const state = stateOf(path);
    if (this.#now() - state.asked < HOUR) return newsText(state);
    try {
      const limits = { ...this.#limits, time: Math.min(NEWS_TIME, this.#limits.time) };
      const sent = await download(source.path, state.etag, limits, this.#reach);
      const next = { ...(sent ? this.#judged(sent, source) : state), asked: this.#now() };
      keepState(path, next);
      return newsText(next);
    } catch {
      keepState(path, { ...state, asked: this.#now() });
      return newsText(state);
    }
  }

  #judged({ body, etag }: NonNullable<Download>, source: RemoteSource): Omit<State, 'asked'> {
    const tag = etag === undefined ? {} : { etag };
    if (hasHash(body, source.integrity)) return tag;
    return { ...tag, newer: hashOf(body, algorithmOf(source.integrity)) };
  }
}

function newsText({ newer }: State): string | undefined {
  return newer && `is another file by now, whose hash is ${newer}; look at it, and change \`integrity\`.`;
}

function algorithmOf(text: string): string {
  return integrity(text)!.algorithm;
}

function hashOf(content: Buffer, algorithm: string): string {
  return `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
}

function hasHash(content: Buffer, text: string): boolean {
  const [expected, actual] = [Buffer.from(text), Buffer.from(hashOf(content, algorithmOf(text)))];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function asText(content: Buffer): Fetched {
  const text = textOf(content);
  return text === undefined ? { why: 'it is not text; name a document.' } : { text };
}

/** The content of a file that is there and not too large. */
function contentOf(path: string, size: number): Buffer | undefined {
  try {
    const about = statSync(path);
    return about.isFile() && about.size <= size ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

function stateOf(path: string): State {
  try {
    const { asked, etag, newer }: Record<string, unknown> = JSON.parse(readFileSync(`${path}.state`, 'utf8'));
    return {
      asked: typeof asked === 'number' ? asked : 0,
      ...(typeof etag === 'string' && { etag }),
      ...(typeof newer === 'string' && { newer }),
    };
  } catch {
    return { asked: 0 };
  }
}

function keepState(path: string, state: State): void {
  keep(`${path}.state`, Buffer.from(JSON.stringify(state)));
}

/** Writes a file so that nobody ever sees half of it. Without a disk that takes it, all is fetched again next time. */
function keep(path: string, content: Buffer): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const fresh = `${path}.${process.pid}.tmp`;
    writeFileSync(fresh, content, { mode: 0o600 });
    renameSync(fresh, path);
  } catch {
    // As good as no copy.
  }
}
