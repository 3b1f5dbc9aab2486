import { type Disposable, EventEmitter } from 'vscode';
import { type BaseLanguageClient, State } from 'vscode-languageclient';
import type { OverviewAnswer } from '../../../server/src/lsp/overviewAnswer.ts';

/** How long nothing must have changed before the server is asked again, and how many times as long as it takes. */
const QUIET = 300;
const PATIENCE = 3;

/**
 * What the server knows of all ports. It is asked for while somebody looks, after something has changed, and once there
 * is quiet: the longer the last answer took, the longer.
 */
export class Overviews implements Disposable {
  readonly #changed = new EventEmitter<OverviewAnswer>();
  readonly onDidChange = this.#changed.event;
  readonly #settled = new EventEmitter<{ readonly errors: number }>();
  /** Something has changed, and the server is done with it. */
  readonly onDidSettle = this.#settled.event;
  readonly #server: BaseLanguageClient;
  readonly #listener: Disposable;
  readonly #isWatched: (() => boolean)[] = [];
  #current: OverviewAnswer | undefined;
  #isOld = true;
  #took = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: Promise<void> | undefined;

  constructor(server: BaseLanguageClient) {
    this.#server = server;
    this.#listener = server.onNotification('portolan/changed', (now: { readonly errors: number }) => {
      this.#settled.fire(now);
      this.#isOld = true;
      this.refresh(Math.max(QUIET, PATIENCE * this.#took));
    });
  }

  get current(): OverviewAnswer | undefined {
    return this.#current;
  }

  /** @param isWatching whether somebody sees what is shown; to be followed by `refresh` when that becomes true */
  watch(isWatching: () => boolean): void {
    this.#isWatched.push(isWatching);
  }

  /** Asks again after a while, if something has changed and somebody looks. */
  refresh(after = 0): void {
    clearTimeout(this.#timer);
    if (!this.#isOld || !this.#isWatched.some((isWatched) => isWatched())) return;
    this.#timer = setTimeout(() => void this.#ask(), after);
  }

  /** What is known now, asked for if need be. */
  async latest(): Promise<OverviewAnswer | undefined> {
    await this.#asking;
    if (this.#isOld) await this.#ask();
    return this.#current;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
    this.#settled.dispose();
    this.#changed.dispose();
  }

  #ask(): Promise<void> {
    this.#asking ??= this.#fetch().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  /** A server that ends meanwhile tells of a change when it is back. */
  async #fetch(): Promise<void> {
    if (this.#server.state === State.Stopped) return;
    this.#isOld = false;
    const start = Date.now();
    const ask = () => this.#server.sendRequest<OverviewAnswer>('portolan/overview');
    const answer = await this.#server
      .start()
      .then(ask, () => undefined)
      .catch(() => undefined);
    if (!answer) {
      this.#isOld = true;
      return;
    }
    this.#took = Date.now() - start;
    this.#current = answer;
    this.#changed.fire(answer);
    this.refresh(QUIET);
  }
}
