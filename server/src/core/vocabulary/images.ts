import { imagePorts } from './imagePorts.ts';

const byName: ReadonlyMap<string, readonly number[]> = new Map(imagePorts.map(({ image, ports }) => [image, ports]));

/**
 * The ports on which an image listens by default; empty where unknown.
 * @param image as compose writes it: `docker.io/library/postgres:15-alpine@sha256:…`
 */
export function defaultPorts(image: string | undefined): readonly number[] {
  return image === undefined ? [] : (byName.get(imageName(image)) ?? []);
}

/** Whether some image listens on a port by default, or most programs of some kind do. */
export function isDefaultPort(port: number): boolean {
  return usual.has(port);
}

const usual: ReadonlySet<number> = new Set([
  80,
  443,
  3000,
  5000,
  8000,
  8080,
  ...imagePorts.flatMap(({ ports }) => ports),
]);

/** The last segment of an image's name, without tag and digest. */
export function imageName(image: string): string {
  const name = upTo('@', image);
  return upTo(':', name.slice(name.lastIndexOf('/') + 1)).toLowerCase();
}

function upTo(sign: string, text: string): string {
  const end = text.indexOf(sign);
  return end < 0 ? text : text.slice(0, end);
}
