import type { Reader } from '../reader.ts';
import { caddyfile } from './caddyfile.ts';
import { compose } from './compose.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { kubernetes } from './kubernetes.ts';
import { nginx } from './nginx.ts';
import { prometheus } from './prometheus.ts';
import { registryMarkdown } from './registryMarkdown.ts';
import { registryYaml } from './registryYaml.ts';
import { traefik } from './traefik.ts';

/** Every reader. The first that wants a path and recognises the content reads the file, so the order counts. */
export const readers: readonly Reader[] = [
  registryMarkdown,
  registryYaml,
  compose,
  prometheus,
  kubernetes,
  nginx,
  dotenv,
  dockerfile,
  traefik,
  caddyfile,
];
