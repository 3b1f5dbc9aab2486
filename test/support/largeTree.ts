import { mkdirSync, writeFileSync } from 'node:fs';

/** How many files each project has that hold ports. */
const PER_PROJECT = 4;
/** In every tenth project the published port is not the registered one. */
const WRONG_EVERY = 10;

export interface LargeTree {
  readonly projects: number;
  /** The compose files with one wrong port each. */
  readonly wrong: readonly string[];
}

/**
 * Makes a registry and projects with a compose file, an nginx file, a dotenv file and a Dockerfile each, among very many
 * files that hold no ports.
 * @param files how many files there are in all, the registry not counted
 * @param relevant how many of them hold ports
 */
export function largeTree(root: string, files: number, relevant: number): LargeTree {
  const projects = relevant / PER_PROJECT;
  const write = (path: string, text: string) => writeFileSync(`${root}/${path}`, text);
  const rows: string[] = [];
  const wrong: string[] = [];
  for (let n = 0; n < projects; n++) {
    const folder = `teams/team-${n % 40}/pier-${n}`;
    mkdirSync(`${root}/${folder}/src/lib`, { recursive: true });
    const registered = 20_000 + PER_PROJECT * n;
    const isWrong = n % WRONG_EVERY === 0;
    if (isWrong) wrong.push(`${root}/${folder}/compose.yaml`);
    rows.push(`| pier-${n} | ${registered} |\n`);
    write(`${folder}/compose.yaml`, composeOf(n, isWrong ? registered + 1 : registered));
    write(`${folder}/.env`, `TIDE_PORT=${registered}\n`);
    write(`${folder}/nginx.conf`, `server {\n  location / { proxy_pass http://pier-${n}:8000; }\n}\n`);
    write(`${folder}/Dockerfile`, 'FROM node:20\nEXPOSE 7000\n');
  }
  write('PORTS.md', `# Ports\n\n| Service | Host port |\n| --- | --- |\n${rows.join('')}`);
  for (let n = 0; n < files - relevant; n++) {
    const pier = n % projects;
    write(`teams/team-${pier % 40}/pier-${pier}/src/${n % 2 ? 'lib/' : ''}part-${n}.ts`, `export const part = ${n};\n`);
  }
  return { projects, wrong };
}

/** A compose file in which a service publishes a port; its squiggle is {@link wrongPier}. */
export function composeOf(n: number, port: number): string {
  return `services:\n  pier-${n}:\n    image: example/pier\n    ports:\n      - "${port}:8000"\n  crane-${n}:\n    build: .\n`;
}

/** The squiggle under the port of {@link composeOf}, when it is not the registered one. */
export const wrongPier = '5:10-15 port-mismatch';

/** The projects of a workspace as texts by path, to be written or sent: a registry, and a compose file for each pier. */
export function piers(count: number, portOf: (n: number) => number = (n) => 20_000 + n): Record<string, string> {
  const files: Record<string, string> = {};
  const rows = Array.from({ length: count }, (_, n) => `| pier-${n} | ${20_000 + n} |\n`);
  files['PORTS.md'] = `# Ports\n\n| Service | Host port |\n| --- | --- |\n${rows.join('')}`;
  for (let n = 0; n < count; n++) files[`piers/${n}/compose.yaml`] = composeOf(n, portOf(n));
  return files;
}
