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

/** The folder's own settings name a registry outside of it, which is for trusted folders only. */
const trust = {
  'outside/PORTS.md': `# Ports

| Service | Host port |
| --- | --- |
| outside-api | 9520 |
`,
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
    idle,
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
