import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder on disk with these files in it (path relative to the folder → text); gone when the test is over. */
export function folderWith(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-'))).replaceAll('\\', '/');
  onTestFinished(() => rmSync(root, { recursive: true, force: true }), 60_000); // thousands of files, on a busy disk
  writeAt(root, files);
  return root;
}

/** Writes files below a folder, with the folders they need. */
export function writeAt(root: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}
