import type { Export } from './export.ts';

/**
 * Reads what `exportOf` gave.
 * @returns the export, or the reason why the text is none
 */
export function parseExport(text: string): Export | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  if (!isObject(value) || !('repository' in value) || !('version' in value)) return 'is not an export of Portolan';
  if (value.version !== 1) return `has the version ${JSON.stringify(value.version)}, and this Portolan reads version 1`;
  if (typeof value.repository !== 'string') return 'names no repository';
  for (const list of [value.claims, value.uses]) {
    if (!Array.isArray(list) || !list.every(isPort)) return 'has a claim or use without a port and a place';
  }
  return value as unknown as Export;
}

function isPort(entry: unknown): boolean {
  if (!isObject(entry) || typeof entry.at !== 'string') return false;
  const { port, endPort = port, service } = entry;
  const isNumber = (some: unknown) => Number.isInteger(some) && Number(some) > 0 && Number(some) <= 65_535;
  return isNumber(port) && isNumber(endPort) && (service === undefined || typeof service === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
