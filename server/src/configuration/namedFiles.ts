import type { RemoteSource } from '../core/settings/sources.ts';
import type { Host } from '../host/host.ts';
import type { Configuration } from './configuration.ts';

/**
 * Reads what settings name: of a package only what really lies in it, and what has a URL if the user allows it, of which
 * is noted what became of it.
 */
export class NamedFiles {
  readonly #host: Pick<Host, 'remote' | 'readFile' | 'surroundings'>;
  readonly #configuration: Configuration;
  readonly #howToAllow: string;
  readonly #heard: () => void;
  readonly #news = new Set<Promise<void>>();
  isAllowed = false;

  /**
   * @param howToAllow what the user has to do so that files with a URL are read, as an order
   * @param heard called when something else is to be told of a file than before
   */
  constructor(
    host: Pick<Host, 'remote' | 'readFile' | 'surroundings'>,
    configuration: Configuration,
    howToAllow: string,
    heard: () => void = () => {},
  ) {
    this.#host = host;
    this.#configuration = configuration;
    this.#howToAllow = howToAllow;
    this.#heard = heard;
  }

  /** Whether a path is that of the copy of a file that has a URL. */
  isRemote(path: string): boolean {
    return this.#configuration.remoteAt(path) !== undefined;
  }

  /** The text of a file; `undefined` when there is none to be had. */
  async read(path: string): Promise<string | undefined> {
    const source = this.#configuration.remoteAt(path);
    if (source) return this.#fetch(path, source);
    const within = this.#configuration.packageOf(path);
    const isThere = within === undefined || this.#host.surroundings?.isReallyIn(within, path);
    return isThere ? this.#host.readFile(path) : undefined;
  }

  async #fetch(path: string, source: RemoteSource): Promise<string | undefined> {
    const { remote } = this.#host;
    if (!this.isAllowed) return this.#without(path, `nothing is read from other machines; ${this.#howToAllow}.`);
    if (!remote) return this.#without(path, 'there is no folder here for copies of what other machines have.');
    const { text, why, news } = await remote.read(source);
    if (text === undefined) return this.#without(path, why ?? 'there is nothing.');
    this.#note(path, {});
    if (news) this.#await(path, news);
    return text;
  }

  /** Kept when it is known of all files whether there are others by now. */
  async settled(): Promise<void> {
    await Promise.all(this.#news);
  }

  #without(path: string, why: string): undefined {
    this.#note(path, { why });
  }

  #await(path: string, news: Promise<string | undefined>): void {
    const heard = news.then((sentence) => {
      if (sentence !== undefined) this.#note(path, { news: sentence });
      this.#news.delete(heard);
    });
    this.#news.add(heard);
  }

  #note(path: string, note: { why?: string; news?: string }): void {
    if (this.#configuration.note(path, note)) this.#heard();
  }
}
