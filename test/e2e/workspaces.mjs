import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The folders that the in-editor tests open, written anew for each run. */

/** Each test has a folder with a registry of its own, so that none sees the other's edits. */
const editor = {
  'squiggle/PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| billing-api | 9006 |
| reports-web | 9010 |
`,
  'squiggle/docker-compose.yml': `services:
  billing-api:
    image: example/billing-api
    ports:
      - "9007:8000"
  reports-web:
    image: example/reports-web
    ports:
      - "9010:3000"
`,
  'fix/PORTS.md': `# Ports

| Service | Port |
| --- | --- |
| stock-api | 9120 |
`,
  'fix/docker-compose.yml': `services:
  stock-api:
    image: example/stock-api
    environment:
      PORT: 9121
    ports:
      - "9121:9121"
`,
  'fix/nginx.conf': `server {
  location /stock/ {
    proxy_pass http://stock-api:9121;
  }
}
`,
  'disk/PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| mail-relay | 9210 |
`,
  'disk/docker-compose.yml': `services:
  mail-relay:
    image: example/mail-relay
    ports:
      - "9211:8025"
`,
  'unsaved/PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| media-api | 9310 |
`,
  'unsaved/docker-compose.yml': `services:
  media-api:
    image: example/media-api
    ports:
      - "9310:8000"
`,
};

/** Some of the above, for the packaged extension. */
const packaged = Object.fromEntries(Object.entries(editor).filter(([path]) => /^(squiggle|fix)\//.test(path)));

/** A service whose port is written in every kind of file, and one that is on a wrong port. */
const move = {
  'portolan.yaml': 'rules:\n  unused-claim: hint\n',
  'PORTS.md': `# Ports

| Service | Port |
| --- | --- |
| stock-api | 9120 |
| quay-web | 9130 |
`,
  'docker-compose.yml': `services:
  stock-api:
    image: example/stock-api
    environment:
      PORT: 9120
    ports:
      - "9120:9120"
`,
  'drifted.compose.yml': `services:
  quay-web:
    image: example/quay-web
    ports:
      - "9131:80"
`,
  'nginx.conf': `server {
  location /stock/ {
    proxy_pass http://stock-api:9120;
  }
}
`,
  '.env': 'STOCK_URL=http://localhost:9120\n',
  'docs/agents.md': `# For agents

## Ports

| Service | Port |
| --- | --- |
| stock-api | 9120 |
`,
};

/** Files in which something is still to be written. */
const completion = {
  'PORTS.md': `# Ports

## Harbour services (9600-9619)

| Port | Service |
| --- | --- |
| 9600 | quay-api |
| 9601 | tide-api |
| 9604 |  |
`,
  'docker-compose.yml': `services:
  quay-api:
    image: example/quay-api
    ports:
      - ":8000"
  tide-api:
    image: example/tide-api
    ports:
      - "9601:8000"
  mole-web:
    image: example/mole-web
    ports:
      - "9604:3000"
`,
};

/** Two folders, in which the same service has different ports; one folder switches a rule off. */
const multiRoot = {
  'both.code-workspace': JSON.stringify({ folders: [{ path: 'north' }, { path: 'south' }] }),
  ...Object.fromEntries(
    Object.entries({ north: 9410, south: 9420 }).flatMap(([folder, port]) => [
      [`${folder}/PORTS.md`, `# Ports\n\n| Service | Host port |\n| --- | --- |\n| ledger-api | ${port} |\n`],
      [
        `${folder}/docker-compose.yml`,
        `services:
  ledger-api:
    image: example/ledger-api
    ports:
      - "9410:8000"
  newcomer:
    image: example/newcomer
    ports:
      - "9499:8000"
`,
      ],
    ]),
  ),
  'south/.vscode/settings.json': JSON.stringify({ 'portolan.rules': { 'unregistered-port': 'off' } }),
};

/**
 * The folder's own settings name a registry outside of it, which is for trusted folders only. The compose file names
 * others, which are for nobody: `pilot-boat` would be a second service on the port of `inside-api`.
 */
const trust = {
  'outside/PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| outside-api | 9520 |
`,
  'outside/docker-compose.yml': `services:
  pilot-boat:
    image: example/pilot-boat
    ports:
      - "9511:8000"
`,
  'outside/dock.env': 'INSIDE_API_PORT=9512\n',
  'folder/portolan.yaml': 'registries: [../outside/PORTS.md]\n',
  'folder/PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| inside-api | 9510 |
`,
  'folder/docker-compose.yml': `services:
  inside-api:
    image: example/inside-api
    ports:
      - "9511:8000"
  outside-api:
    image: example/outside-api
    ports:
      - "9521:8000"
  lighter:
    extends:
      file: ../outside/docker-compose.yml
      service: pilot-boat
    env_file: ../outside/dock.env
include:
  - ../outside/docker-compose.yml
`,
};

/** What the extension has to find in a browser: files that are ignored, and settings of the folder among them. */
const web = {
  ...Object.fromEntries(Object.entries(editor).filter(([path]) => /^(squiggle|fix)\//.test(path))),
  '.gitignore': 'out/\n',
  'out/docker-compose.yml': editor['squiggle/docker-compose.yml'],
  'elsewhere/portolan.yaml': 'registries: [docs/quays.json]\n',
  'elsewhere/docs/quays.json': '{"quay": {"billing-api": 9600, "reports-web": 9010}}\n',
  'elsewhere/docker-compose.yml': editor['squiggle/docker-compose.yml'],
};

/** A folder on the disk, to which others are added. */
const virtual = {
  'shore.code-workspace': JSON.stringify({ folders: [{ path: 'shore' }] }),
  'shore/PORTS.md': '# Ports\n\n| Service | Host port |\n| --- | --- |\n| tide-api | 9610 |\n',
  'shore/docker-compose.yml': `services:
  tide-api:
    image: example/tide-api
    ports:
      - "9611:8000"
`,
};

/** Files that speak of each other's ports, by name and by number. */
const navigation = {
  'PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| berth-api | 9606 |
| crane-api | 9607 |
| Tide Web | 9608 |
`,
  'docker-compose.yml': `services:
  berth-api:
    image: example/berth-api
    environment:
      PORT: 8000
    ports:
      - "9606:8000"
  crane-api:
    image: example/crane-api
    # One too many, or ten.
    ports:
      - "9617:8000"
    environment:
      BERTH_URL: http://berth-api:8000/v1
  tide-web:
    image: example/tide-web
    ports:
      - "\${TIDE_PORT:-9618}:80"
`,
  '.env': 'TIDE_PORT=9608\n',
  'nginx.conf': `upstream berth { server berth-api:8000; }
server {
  listen 80;
  server_name berth.example.com;
  location /direct/ { proxy_pass http://127.0.0.1:9606; }
  location / { proxy_pass http://berth; }
}
`,
  '.vscode/settings.json': JSON.stringify({
    'portolan.codeLens.enabled': true,
    'portolan.inlayHints.enabled': true,
  }),
};

/** Two services on wrong ports, and nothing set. */
const ignore = {
  'PORTS.md': editor['squiggle/PORTS.md'],
  'docker-compose.yml': editor['squiggle/docker-compose.yml'].replace('9010', '9011'),
};

/** Names that would be markup if they were not text, and a service on another port than its own. */
const ports = {
  'portolan-registry.yaml': `services:
  '<img src=x onerror="alert(1)">':
    port: 9610
  '</script><script>alert(2)</script>':
    port: 9612
  pilot-roster:
    port: 9614
`,
  'docker-compose.yml': `services:
  pilot-roster:
    image: example/pilot-roster
    ports:
      - "9615:8000"
`,
};

/** Nothing here concerns the extension. */
const idle = { 'README.md': '# Nothing with a number in it\n' };

/**
 * Writes all workspaces into a folder.
 *
 * @param {string} home
 */
export async function writeWorkspaces(home) {
  const settings = JSON.stringify({ 'portolan.registries': [join(home, 'trust/outside/PORTS.md')] });
  const all = {
    editor,
    completion,
    packaged,
    multiRoot,
    navigation,
    move,
    idle,
    ignore,
    web,
    virtual,
    ports,
    trust: { ...trust, 'folder/.vscode/settings.json': settings },
  };
  for (const [workspace, files] of Object.entries(all)) {
    for (const [path, text] of Object.entries(files)) {
      const file = join(home, workspace, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }
}
