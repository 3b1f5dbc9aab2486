import type { FileFacts } from '../facts.ts';
import { Mentions } from './mentions.ts';
import { dockerfileOf } from './services/image.ts';

/**
 * In which files something is written: a port, a host name, the path of another file. Kept up to date file by file, so
 * that looking for the places of one port never takes a walk through the workspace.
 */
export class Occurrences {
  readonly #mentions = new Mentions<string | number>(keysOf);

  constructor(files: Iterable<FileFacts>) {
    for (const file of files) this.#mentions.replace(undefined, file);
  }

  /** Takes the facts of a file in place of the earlier ones. */
  replace(before: FileFacts | undefined, after: FileFacts | undefined): void {
    this.#mentions.replace(before, after);
  }

  /** The files that write a port, and all that write ranges of ports. */
  ofPort(port: number): string[] {
    return [...new Set([...this.#mentions.of(port), ...this.#mentions.of(RANGES)])];
  }

  /** The files that send something to a host of this name, or define an upstream group so called. */
  ofHost(host: string): readonly string[] {
    return this.#mentions.of(`host ${host}`);
  }

  /** The compose files with services that are built from a Dockerfile, or are given an environment file. */
  ofFile(path: string): readonly string[] {
    return this.#mentions.of(`file ${path}`);
  }
}

const RANGES = 'ranges';

function keysOf(file: FileFacts): (string | number)[] {
  const keys = new Set<string | number>();
  const uses = [...file.uses, ...(file.stages ?? []).flatMap((stage) => stage.uses)];
  for (const { port, endPort } of [
    ...uses,
    ...file.claims,
    ...file.variables.map(({ port }) => ({ port, endPort: undefined })),
  ]) {
    if (port !== null) keys.add(endPort === undefined ? port : RANGES);
  }
  for (const { host } of uses) if (host !== undefined) keys.add(`host ${host}`);
  for (const { host } of [...(file.nginx?.routes ?? []), ...(file.nginx?.members ?? [])]) keys.add(`host ${host}`);
  for (const { group } of file.nginx?.members ?? []) keys.add(`host ${group}`);
  for (const service of file.services) {
    for (const path of service.envFiles ?? []) keys.add(`file ${path}`);
    const dockerfile = dockerfileOf(service, file.path);
    if (dockerfile !== undefined) keys.add(`file ${dockerfile}`);
  }
  return [...keys];
}
