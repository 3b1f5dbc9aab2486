import { CancellationTokenSource, Disposable, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { maxFileSize, textOf } from '../../server/src/host/host.ts';
import {
  type FilesParams,
  filesRequest,
  type ReadParams,
  readRequest,
} from '../../server/src/lsp/connection/clientFiles.ts';

/** Serves files to the server where it has no file system of its own: in a browser, and for folders on the web. */
export function serveFiles(server: BaseLanguageClient): Disposable {
  return Disposable.from(
    server.onRequest(filesRequest, async ({ folder }: FilesParams) => {
      const files = await list(Uri.parse(folder));
      return files.map(String);
    }),
    server.onRequest(readRequest, ({ file, folder }: ReadParams) =>
      read(Uri.parse(file), folder === undefined ? undefined : Uri.parse(folder)),
    ),
  );
}

/** How long a search may take, in milliseconds: in a file system that nobody can search it would wait for ever. */
const PATIENCE = 5000;

/** A search costs one request even for a repository on the web. Where it finds nothing, folders are opened one by one. */
async function list(folder: Uri): Promise<Uri[]> {
  const searcher = new CancellationTokenSource();
  const timer = setTimeout(() => searcher.cancel(), PATIENCE);
  const pattern = new RelativePattern(folder, '**/*');
  const given = await workspace.findFiles(pattern, '**/{.git,node_modules}/**', undefined, searcher.token);
  clearTimeout(timer);
  return given.length > 0 ? given : walk(folder);
}

async function walk(root: Uri): Promise<Uri[]> {
  let files: Uri[] = [];
  for (let level = [root]; level.length > 0; ) {
    const listings = await Promise.all(level.map(entries));
    const all = listings.flat();
    files = files.concat(all.filter(({ type }) => type === FileType.File).map(({ uri }) => uri));
    level = all.filter(({ type, name }) => type === FileType.Directory && !never.has(name)).map(({ uri }) => uri);
  }
  return files;
}

const never = new Set(['.git', 'node_modules']);

async function entries(folder: Uri) {
  try {
    const listing = await workspace.fs.readDirectory(folder);
    return listing.map(([name, type]) => ({ name, type, uri: Uri.joinPath(folder, name) }));
  } catch {
    return []; // gone, or not ours to read
  }
}

async function read(file: Uri, folder: Uri | undefined): Promise<string | null> {
  try {
    if (folder && !(await isReallyIn(folder, file))) return null;
    const { type, size } = await workspace.fs.stat(file);
    const isFile = (type & ~FileType.SymbolicLink) === FileType.File; // and no pipe or device
    if (!isFile || size > maxFileSize) return null;
    return textOf(await workspace.fs.readFile(file)) ?? null;
  } catch {
    return null;
  }
}

/** Whether no symbolic link stands on the way from a folder to a file. */
async function isReallyIn(folder: Uri, file: Uri): Promise<boolean> {
  const above = folder.path.replace(/\/$/, '');
  if (!file.path.startsWith(`${above}/`)) return false;
  const steps = [...file.path.slice(above.length).matchAll(/\/[^/]+/g)];
  const parts = steps.map(({ 0: step, index }) =>
    file.with({ path: file.path.slice(0, above.length + index + step.length) }),
  );
  const stats = await Promise.all(parts.map((part) => workspace.fs.stat(part)));
  return stats.every(({ type }) => (type & FileType.SymbolicLink) === 0);
}
