import { readFileSync, statSync } from 'node:fs';
import { UsageError } from './usageError.ts';

/** The descriptor of what is piped in. */
export const STANDARD_INPUT = 0;

/**
 * The text of a file or pipe that the user names.
 * @param name what it is called
 * @throws {UsageError} when it cannot be read, as a folder, a device, or more than fits into a text
 */
export function textIn(path: string | typeof STANDARD_INPUT, name: string): string {
  try {
    // Devices may have no end. One that is standard input is a terminal.
    if (path !== STANDARD_INPUT && isDevice(path)) throw new Error('it is a device');
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} could not be read: ${(error as Error).message}.`);
  }
}

function isDevice(path: string): boolean {
  const about = statSync(path);
  return about.isCharacterDevice() || about.isBlockDevice();
}
