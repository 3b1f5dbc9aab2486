import type { Reader } from '../reader.ts';
import { caddyfile } from './caddyfile.ts';
import { compose } from './compose.ts';
import { devcontainer } from './devcontainer.ts';
import { dockerfile } from './dockerfile.ts';
import { dotenv } from './dotenv.ts';
import { guide } from './guide.ts';
import { kubernetes } from './kubernetes.ts';
import { makefile } from './makefile.ts';
import { nginx } from './nginx.ts';
import { packageJson } from './packageJson.ts';
import { procfile } from './procfile.ts';
import { prometheus } from './prometheus.ts';
import { registryMarkdown } from './registryMarkdown.ts';
import { registryYaml } from './registryYaml.ts';
import { systemd } from './systemd.ts';
import { traefik } from './traefik.ts';
import { workflow } from './workflow.ts';

/** Every reader. The first that wants a path and recognises the content reads the file, so the order counts. */
export const readers: readonly Reader[] = [
  registryMarkdown,
  registryYaml,
  compose,
  prometheus,
  kubernetes,
  systemd,
  nginx,
  dotenv,
  dockerfile,
  traefik,
  caddyfile,
  packageJson,
  workflow,
  devcontainer,
  procfile,
  makefile,
  guide,
];
