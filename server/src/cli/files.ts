import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './arguments.ts';

/** The text of a file that somebody names. */
export function readNamed(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} could not be read: ${(error as Error).message}.`);
  }
}

/** Writes a file that somebody names, whatever is in it. */
export function writeNamed(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new UsageError(`${path} could not be written: ${(error as Error).message}.`);
  }
}

/** Puts a text in the place of a file, with its mode and owner, so that at no time there is half of one. */
export function replaceFile(path: string, text: string): void {
  const old = lstatSync(path);
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
  try {
    if (!like) mkdirSync(dirname(path), { recursive: true });
    const file = openSync(temporary, 'wx', like?.mode);
    try {
      if (like && like.uid !== process.getuid?.()) fchownSync(file, like.uid, like.gid);
      if (like) fchmodSync(file, like.mode);
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
