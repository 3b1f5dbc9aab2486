import { imageName } from './images.ts';

/**
 * What people call the ports of well-known images that have several, by the last segment of the image's name. Each from
 * the product's own documentation.
 */
const faces: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  minio: { 9001: 'console ui web dashboard admin' },
  rabbitmq: { 15672: 'management ui web console admin dashboard' },
  neo4j: { 7474: 'http browser ui web', 7687: 'bolt' },
  nats: { 8222: 'monitoring monitor http' },
  mailhog: { 1025: 'smtp', 8025: 'ui web http' },
  mailpit: { 1025: 'smtp', 8025: 'ui web http' },
  traefik: { 8080: 'dashboard ui admin' },
  gitea: { 22: 'ssh' },
  qdrant: { 6334: 'grpc' },
  elasticsearch: { 9300: 'transport cluster' },
  'clickhouse-server': { 8123: 'http', 9000: 'native tcp' },
};

/** The words for the port inside a container of this image; empty where there are none of its own. */
export function faceWords(image: string | undefined, port: number): readonly string[] {
  const words = image === undefined ? undefined : faces[imageName(image)]?.[port];
  return words?.split(' ') ?? [];
}
