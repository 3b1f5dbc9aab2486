import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where caches of this user lie; `undefined` for one without a home. */
export function cacheFolder(): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  try {
    return join(XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache'), 'portolan');
  } catch {
    return undefined;
  }
}
