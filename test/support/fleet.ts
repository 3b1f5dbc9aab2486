import { letters } from './crowds.ts';

/** A fleet of any size, made of projects of five services: a registry, and for each project compose, nginx and `.env`. */
export function fleetOf(services: number): Map<string, string> {
  const projects = Array.from({ length: services / PER_PROJECT }, (_, n) => n);
  const files = new Map([['docs/PORTS.md', registryOf(projects)]]);
  for (const n of projects) {
    files.set(`${folderOf(n)}/compose.yaml`, composeOf(n));
    files.set(`${folderOf(n)}/nginx.conf`, nginxOf(n));
    files.set(`${folderOf(n)}/.env`, `HELM_PORT=${portOf(n, 4)}\n`);
  }
  return files;
}

const ROLES = ['crane', 'ferry', 'gull', 'buoy', 'helm'];
const PER_PROJECT = ROLES.length;

/** Each project has its name in letters: numbers would make one scheme of all. */
function nameOf(n: number): string {
  return `${letters(n)}quay`;
}

export function folderOf(n: number): string {
  return `projects/${nameOf(n)}`;
}

export function portOf(n: number, role: number): number {
  return 10_000 + n * PER_PROJECT + role;
}

function registryOf(projects: readonly number[]): string {
  const rows = projects.flatMap((n) => ROLES.map((role, i) => `| ${nameOf(n)}-${role} | ${portOf(n, i)} |`));
  return `# Port registry\n\nAsk the harbour master.\n\n| Service | Port |\n| --- | --- |\n${rows.join('\n')}\n`;
}

function composeOf(n: number): string {
  const port = (i: number) => (i === 4 ? '${HELM_PORT}' : String(portOf(n, i)));
  const services = ROLES.map((role, i) => {
    const name = `${nameOf(n)}-${role}`;
    return `  ${role}:\n    image: harbour/${role}\n    container_name: ${name}\n    ports: ["${port(i)}:${i === 4 ? 9000 : portOf(n, i)}"]\n`;
  });
  return `services:\n${services.join('')}`;
}

function nginxOf(n: number): string {
  const to = (i: number) =>
    `  location /${ROLES[i]}/ { proxy_pass http://${nameOf(n)}-${ROLES[i]}:${portOf(n, i)}/; }\n`;
  return `server {\n  listen 80;\n  server_name ${nameOf(n)}.harbour.test;\n${[0, 1, 2].map(to).join('')}}\n`;
}
