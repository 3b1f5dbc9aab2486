import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './usageError.ts';

/**
 * Puts a text in the place of a file, with its mode, owner and group, so that at no time there is half of one. Where no
 * file is, one is made.
 */
export function replaceFile(path: string, text: string): void {
  const old = lstatSync(path, { throwIfNoEntry: false });
  viaTemporary(path, text, (temporary) => renameSync(temporary, path), old);
}

/** Makes a file, and the folders that it needs. One that is there meanwhile is not touched. */
export function createFile(path: string, text: string): void {
  viaTemporary(path, text, (temporary) => {
    linkSync(temporary, path);
    rmSync(temporary);
  });
}

/** Writes a file under another name, all of it, before it gets its own. Nothing is left behind when that fails. */
function viaTemporary(path: string, text: string, finish: (temporary: string) => void, like?: Stats): void {
  const temporary = `${path}.${process.pid}.tmp`;
  holdSignals();
  try {
    if (!like) mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'wx', like?.mode);
    try {
      if (like) resemble(file, like);
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    finish(temporary);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UsageError(`${path} could not be written: ${(error as Error).message}.`);
  }
}

/** Gives a file the owner, the group and the mode of another. A change of the first two takes bits of the mode away. */
function resemble(file: number, { uid, gid, mode }: Stats): void {
  const own = fstatSync(file);
  if (own.uid !== uid || own.gid !== gid) fchownSync(file, uid, gid);
  fchmodSync(file, mode);
}

/** The exit statuses of programs that a signal has ended, as shells tell them. */
const ENDING = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** From now on signals end the process between two turns of its work, so that no temporary file stays behind. */
function holdSignals(): void {
  for (const [signal, status] of Object.entries(ENDING)) {
    if (process.listenerCount(signal) === 0) process.on(signal, () => process.exit(status));
  }
}
