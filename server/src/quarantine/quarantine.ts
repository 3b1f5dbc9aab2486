import {
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Quarantine, Task } from '../host/host.ts';
import { isHealthy } from './probe.ts';
import { Overdue, withinTime } from './withinTime.ts';

/** How long a file may be read, in milliseconds. Those of 1 MB take a second on a slow machine. */
const LONGEST = 10_000;
/** A watch over the clock takes as long as the reading of a small file, so only longer ones have it. */
const LONG = 16 * 1024;
/** As many deaths at one file within {@link MEMORY} are no chance. Editors give up at the fifth end within three minutes. */
const DEATHS = 3;
const MEMORY = 180_000;

/** Ends each part of a note. A path may hold anything else, line breaks included. */
const END = '\0';

/** What a process does, and with which file. */
interface Note {
  readonly task: Task;
  readonly path: string;
}

/** What is kept of earlier processes. */
interface Records {
  /** Which Portolan has kept them: another one may not have the fault. */
  readonly version: string;
  /** The files that are not read → the state on disk in which they were. */
  readonly held: Record<string, string>;
  /** When processes have died at files that seem to be sound, and have not come through since. */
  readonly deaths: Record<string, readonly { readonly task: Task; readonly at: number }[]>;
}

/**
 * The quarantine of the processes of one user. Each notes in a file of its own which file it is reading; a note that is
 * still there when its process is gone tells at which file that has died. As it may have been killed by chance, the file
 * is read once more on trial. If the disk keeps no notes, none are made.
 */
export class DiskQuarantine implements Quarantine {
  readonly #folder: string | undefined;
  readonly #version: string;
  readonly #limit: number;
  #records: Records;
  /** The file of this process' note, if it is open. */
  #file: number | undefined;
  /** A note stands in it, which is to be wiped out in the next turn. */
  #isNoted = false;
  readonly #buffer = Buffer.alloc(16 * 1024);
  #isReady = false;

  /**
   * @param folder where the notes lie
   * @param limit how long a file may be read, in milliseconds
   */
  constructor(folder: string | undefined, version: string, limit = LONGEST) {
    this.#folder = folder;
    this.#version = version;
    this.#limit = limit;
    this.#records = { version, held: {}, deaths: {} };
  }

  holds(path: string): boolean {
    if (!this.#isReady) this.#begin();
    const held = this.#records.held[path];
    if (held === undefined) return false;
    if (held === stateOf(path)) return true;
    delete this.#records.held[path];
    this.#keep();
    return false;
  }

  attempt<T>(task: Task, path: string, size: number, work: () => T): T {
    this.#write({ task, path });
    if (!this.#isNoted) setImmediate(() => this.#wipe());
    this.#isNoted = true;
    try {
      return size < LONG ? work() : withinTime(work, this.#limit);
    } catch (error) {
      if (error instanceof Overdue) this.#hold(path);
      throw error;
    } finally {
      if (this.#records.deaths[path]) this.#acquit({ task, path });
    }
  }

  /** It has come through, so that earlier processes have died at it by chance. */
  #acquit({ task, path }: Note): void {
    const left = this.#records.deaths[path]!.filter((death) => death.task !== task);
    if (left.length > 0) this.#records.deaths[path] = left;
    else delete this.#records.deaths[path];
    this.#keep();
  }

  #hold(path: string): void {
    this.#records.held[path] = stateOf(path);
    this.#keep();
  }

  /** Learns of what has become of earlier processes, and opens the note of this one. */
  #begin(): void {
    this.#isReady = true;
    if (this.#folder === undefined) return;
    try {
      mkdirSync(this.#folder, { recursive: true });
      this.#records = this.#recall();
      const note = join(this.#folder, `reading-${process.pid}`);
      const left = readdirSync(this.#folder).flatMap((name) => this.#takeNote(name) ?? []);
      this.#file = openSync(note, 'w');
      process.once('exit', () => rmSync(note, { force: true }));
      for (const note of left) this.#judge(note);
    } catch {
      this.#file = undefined; // without a place for notes all is as if there were no quarantine
    }
  }

  /** At which file a process was that is gone, if it has left a note. */
  #takeNote(name: string): Note | undefined {
    const pid = Number(/^reading-(\d+)$/.exec(name)?.[1]);
    if (!pid || (pid !== process.pid && isAlive(pid))) return undefined;
    const file = join(this.#folder!, name);
    const [path = '', task] = readFileSync(file, 'utf8').split(END);
    rmSync(file, { force: true });
    return path === '' ? undefined : { path, task: task === 'check' ? 'check' : 'read' };
  }

  /** Holds a file at which a process has died, unless that seems to have been by chance. */
  #judge({ task, path }: Note): void {
    const now = Date.now();
    const deaths = [...(this.#records.deaths[path] ?? []).filter(({ at }) => now - at < MEMORY), { task, at: now }];
    this.#records.deaths[path] = deaths;
    this.#write({ task, path }); // in case this process dies as well
    const isSick = deaths.length >= DEATHS || !isHealthy(path, this.#limit);
    this.#wipe();
    if (isSick) this.#hold(path);
    else this.#keep();
  }

  #recall(): Records {
    try {
      const records: Records = JSON.parse(readFileSync(this.#recordsFile, 'utf8'));
      if (records.version === this.#version) return records;
    } catch {
      // None yet, or spoilt: then there is nothing to remember.
    }
    return { version: this.#version, held: {}, deaths: {} };
  }

  #keep(): void {
    if (this.#file === undefined) return;
    try {
      const temporary = `${this.#recordsFile}.${process.pid}.tmp`;
      writeFileSync(temporary, JSON.stringify(this.#records));
      renameSync(temporary, this.#recordsFile);
    } catch {
      // The disk is full: the next process will find out for itself.
    }
  }

  get #recordsFile(): string {
    return join(this.#folder!, 'quarantine.json');
  }

  #write({ task, path }: Note): void {
    if (this.#file === undefined) return;
    const length = this.#buffer.write(`${path}${END}${task}${END}`);
    this.#writeBytes(length);
  }

  #wipe(): void {
    this.#isNoted = false;
    this.#buffer.write(END);
    this.#writeBytes(1);
  }

  #writeBytes(length: number): void {
    if (this.#file === undefined) return;
    try {
      writeSync(this.#file, this.#buffer, 0, length, 0);
    } catch {
      this.#file = undefined;
    }
  }
}

/** The state of a file on disk, so far as it can be told without reading it. */
function stateOf(path: string): string {
  const about = statSync(path, { throwIfNoEntry: false });
  return about ? `${about.mtimeMs} ${about.size}` : 'not there';
}

/** https://nodejs.org/api/process.html#processkillpid-signal: signal 0 asks whether there is such a process. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
