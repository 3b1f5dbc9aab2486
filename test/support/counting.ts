import type { Host } from '../../server/src/host/host.ts';
import { nodeHost } from '../../server/src/host/nodeHost.ts';

/** How often files were read and folders listed. */
export interface Counts {
  readonly host: Host;
  readonly reads: Map<string, number>;
  walks: number;
  /** Starts anew. */
  reset(): void;
}

/** This machine, with a count of what is asked of it. */
export function countingHost(): Counts {
  const reads = new Map<string, number>();
  const counts: Counts = {
    reads,
    walks: 0,
    reset() {
      reads.clear();
      counts.walks = 0;
    },
    host: {
      ...nodeHost,
      folder: (path, selection) => {
        const folder = nodeHost.folder(path, selection);
        const { files, readFile } = Object.getPrototypeOf(folder);
        return Object.assign(folder, {
          files: () => {
            counts.walks++;
            return files.call(folder);
          },
          readFile: (file: string) => {
            reads.set(file, (reads.get(file) ?? 0) + 1);
            return readFile.call(folder, file);
          },
        });
      },
    },
  };
  return counts;
}
