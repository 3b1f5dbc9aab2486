// Makes a workspace of many projects with one registry, and tells which ports in it are wrong.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The sizes that are measured: a grown team, and a monorepo. */
export const sizes = {
  s: { projects: 100, services: 10, noise: 500, mismatches: 50 },
  l: { projects: 2000, services: 5, noise: 10_000, mismatches: 400 },
};

const WORDS = 'amber anchor beacon bosun buoy cargo chart compass coral crane current delta dock drift ferry'.split(
  ' ',
);
const KINDS = 'api web worker gateway search mailer sync billing reports images'.split(' ');
const AREAS = ['apps', 'packages', 'tools', 'infra'];
const REGISTRY = 'docs/PORTS.md';

/**
 * Writes it into an empty folder.
 * @returns the wrong ports with their files, lines and columns (from 0) and what the registry says instead
 */
export function makeWorkspace(root, { projects, services, noise, mismatches }) {
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const wrong = [];
  const rows = [];
  const step = Math.floor((projects * services) / mismatches);
  for (let n = 0; n < projects; n++) {
    const project = `${WORDS[n % WORDS.length]}-${WORDS[(n * 7 + 3) % WORDS.length]}-${n}`;
    const folder = `${AREAS[n % AREAS.length]}/${project}`;
    const members = Array.from({ length: services }, (_, k) => {
      const number = n * services + k;
      const isWrong = number % step === 0 && number / step < mismatches;
      const port = 10_000 + number * 2;
      return { name: KINDS[k % KINDS.length], port, published: isWrong ? port + 1 : port, inside: 3000 + k };
    });
    rows.push(`\n## ${project}\n\n| Port | Service | Container | Notes |\n|------|---------|-----------|-------|\n`);
    rows.push(
      ...members.map((one) => `| ${one.port} | \`${project}-${one.name}\` | ${one.inside} | see its runbook |\n`),
    );
    const file = `${folder}/compose.yaml`;
    const text = composeFile(project, members);
    write(file, text);
    for (const { port, published } of members)
      if (port !== published) wrong.push({ file, ...placeOf(text, published), port, published });
    write(`${folder}/nginx.conf`, nginxFile(project, members));
    write(`${folder}/.env`, `NODE_ENV=production\nLOG_LEVEL=info\nCOMPOSE_PROJECT_NAME=${project}\n`);
    write(
      `${folder}/Dockerfile`,
      `FROM node:20-slim\nWORKDIR /app\nCOPY . .\nEXPOSE ${members[0].inside}\nCMD ["node", "."]\n`,
    );
  }
  write(REGISTRY, `# Port registry\n\nEach service has one port on the host.\n${rows.join('')}`);
  for (let n = 0; n < noise; n++) write(...noiseFile(n));
  return { root, registry: REGISTRY, wrong };
}

function composeFile(project, services) {
  const blocks = services.map(
    ({ name, published, inside }) => `  ${name}:
    image: registry.example/${project}-${name}:1.4.2
    container_name: ${project}-${name}
    restart: unless-stopped
    environment:
      PORT: ${inside}
      LOG_LEVEL: info
    ports:
      - "${published}:${inside}"
    healthcheck:
      test: ["CMD", "curl", "-f", "http://localhost:${inside}/healthz"]
      interval: 30s
      retries: 3
`,
  );
  return `name: ${project}\n\nservices:\n${blocks.join('\n')}\nnetworks:\n  default:\n    name: ${project}\n`;
}

function nginxFile(project, services) {
  const locations = services.map(
    ({ name, inside }) => `    location /${name}/ {\n      proxy_pass http://${name}:${inside}/;\n    }\n`,
  );
  return `http {\n  server {\n    listen 80;\n    server_name ${project}.example;\n${locations.join('')}  }\n}\n`;
}

/** What else lies in a workspace, of which much might hold ports. */
function noiseFile(n) {
  const folder = `${AREAS[n % AREAS.length]}/shared/${n % 97}`;
  const words = `${WORDS[n % WORDS.length]} ${WORDS[(n * 3) % WORDS.length]}`;
  const notes = `The ${words} is moored until ${1900 + (n % 120)}.\n`;
  if (n % 5 === 0) return [`${folder}/notes-${n}.md`, `# Notes on ${words}\n\n${notes.repeat(12)}`];
  if (n % 5 === 1) return [`${folder}/values-${n}.yaml`, `name: ${words}\n${notes.replace(/^The/, 'text:').repeat(1)}`];
  if (n % 5 === 2) return [`${folder}/data-${n}.json`, `{ "name": "${words}", "timeout": ${3000 + n} }\n`];
  return [`${folder}/code-${n}.ts`, `// ${notes}export const limit${n} = ${1000 + n};\n`.repeat(8)];
}

function placeOf(text, port) {
  const at = text.indexOf(`"${port}:`) + 1;
  const before = text.slice(0, at).split('\n');
  return { line: before.length - 1, column: before.at(-1).length };
}
