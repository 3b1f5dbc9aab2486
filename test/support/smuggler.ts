import { symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { folderWith, writeAt } from './disk.ts';
import { compose, registry } from './harbour.ts';

/**
 * A workspace that wants files read which are none of its own: the folder `harbour`, and beside it `abroad`, to which
 * everything in it leads.
 */
export interface Smuggler {
  readonly harbour: string;
  readonly abroad: string;
  /** A folder beside them in which nothing is. */
  readonly empty: string;
  readonly home: string;
}

/** The ways to name the folder `abroad` from within `harbour`; those that are no globs. */
export function waysTo(abroad: string): string[] {
  const name = abroad.slice(abroad.lastIndexOf('/') + 1);
  const up = `../${name}`;
  return [
    // Upwards, plainly and in disguise.
    ...[up, `./${up}`, `x/../${up}`, `./x/./../${up}`, `../harbour/${up}`, `..//${name}`, `.//${up}`, `${up}/.`],
    ...[
      `../../${abroad.split('/').at(-2)}/${name}`,
      `../../../../../../../../..${abroad}`,
      `....//${name}`,
      `..;/${name}`,
    ],
    ...[` ${up}`, `${up} `, up.toUpperCase(), `../${name[0]!.toUpperCase()}${name.slice(1)}`, `．．/${name}`],
    ...[`%2e%2e/${name}`, `%2E%2E%2F${name}`, `%252e%252e/${name}`, `..%2f${name}`, `..%c0%af${name}`],
    ...[`${up}\0`, `\0${up}`, `${up}\0/x`],
    // Absolute, and by what the machine calls itself.
    ...[abroad, `/${abroad}`, `/..${abroad}`, `/proc/self/root${abroad}`, `/proc/self/cwd/${up}`, '/dev/fd/0', '/etc'],
    ...['~', `~/${up}`, `~root/${up}`, `\${HOME}/${up}`, `$HOME/${up}`, `\${PWD}/${up}`, `%HOME%/${up}`],
    // As on Windows.
    ...[
      `..\\${name}`,
      `.\\..\\${name}`,
      `C:\\${name}`,
      `c:/${name}`,
      `\\\\server\\share\\${name}`,
      `//server/share/${name}`,
    ],
    ...[`\\\\?\\C:\\${name}`, abroad.replaceAll('/', '\\')],
    // As URIs.
    ...[`file://${abroad}`, `file://localhost${abroad}`, `file:${abroad}`, `FILE://${abroad}`, `file:${up}`],
    ...[
      'http://127.0.0.1:9',
      'https://abroad.example',
      'ssh://abroad.example',
      'git@abroad.example:x',
      'oci://abroad.example/x',
    ],
    // Through links in the folder itself.
    ...['link', 'link/.', `link/../${name}`, 'LINK', 'parent', `parent/${name}`, 'deep/link', `deep/link/../${name}`],
  ];
}

/** Ways that only globs can go. */
export const globsOut = [
  '../*',
  '../**',
  '**/..',
  '{..,x}/abroad',
  '..?(x)/abroad',
  '[.][.]/abroad',
  '@(..)/abroad',
  '~/../*',
  '/**',
];

/** Writes the workspace. Each way is tried in every place in which a file may be named. */
export function smuggler(): Smuggler {
  const root = folderWith({
    'abroad/PORTS.md': registry,
    'abroad/CHARTS.md': registry,
    'abroad/compose.yaml': compose,
    'abroad/dock.env': 'PORT=9007\n',
    'abroad/Dockerfile': 'FROM scratch\nEXPOSE 9007\n',
    'abroad/site.conf': 'server { listen 9007; }\n',
    'abroad/ignored': 'nothing\n',
    'abroad/portolan.yaml': 'registries: [CHARTS.md]\n',
    'home/PORTS.md': registry,
    'harbour/.vscode/settings.json': '{"portolan.registries": ["../abroad/PORTS.md"]}\n',
    'harbour/PORTS.md': registry,
    'harbour/compose.yaml': compose,
    'harbour/deep/compose.yaml': compose,
    'harbour/x/compose.yaml': compose,
    'empty/.keep': '',
  });
  const [harbour, abroad] = [`${root}/harbour`, `${root}/abroad`];
  for (const [n, way] of waysTo(abroad).entries()) writeAt(harbour, naming(way, n));
  const links = { link: abroad, 'deep/link': abroad, parent: root, 'LINKED-PORTS.md': `${abroad}/PORTS.md` };
  const named = {
    'x/portolan.yaml': 'portolan.yaml',
    'x/.gitignore': 'ignored',
    'compose.linked.yaml': 'compose.yaml',
  };
  const files = { 'x/Dockerfile': 'Dockerfile', 'x/nginx.conf': 'site.conf', 'x/.env': 'dock.env' };
  for (const [at, to] of Object.entries(links)) symlinkSync(to, `${harbour}/${at}`);
  for (const [at, to] of Object.entries({ ...named, ...files })) symlinkSync(`${abroad}/${to}`, `${harbour}/${at}`);
  return { harbour, abroad, empty: `${root}/empty`, home: `${root}/home` };
}

/** The files that name others by one way. A file with a NUL is no text, so that only YAML can write one. */
function naming(way: string, n: number): Record<string, string> {
  const to = (name: string) => JSON.stringify(`${way}/${name}`);
  const composed = `include:
  - ${to('compose.yaml')}
  - path: [${to('compose.yaml')}]
    env_file: ${to('dock.env')}
    project_directory: ${to('')}
services:
  quay-${n}:
    extends: { file: ${to('compose.yaml')}, service: billing-api }
    env_file: [${to('dock.env')}, { path: ${to('.env')}, required: false }]
    build:
      context: ${to('')}
      dockerfile: ${to('Dockerfile')}
      additional_contexts: { other: ${to('')} }
    ports: ["${9700 + n}:80"]
    volumes: [${JSON.stringify(`${way}:/abroad`)}]
  mole-${n}:
    build: ${to('')}
    env_file: ${to('dock.env')}
configs: { site: { file: ${to('site.conf')} } }
secrets: { key: { file: ${to('dock.env')} } }
`;
  const files = { [`${n}/compose.yaml`]: composed };
  if (way.includes('\0')) return files;
  const quoted = way.replaceAll('\\', '\\\\');
  return {
    ...files,
    [`${n}/nginx.conf`]: `include "${quoted}/site.conf";\nhttp { include ${way.replaceAll(' ', '')}/*.conf;\n  server { listen 80; ssl_certificate "${quoted}/dock.env"; } }\n`,
    [`${n}/Dockerfile`]: `FROM scratch\nCOPY ${way}/dock.env /\nEXPOSE 8000\n`,
    [`${n}/.env`]: `COMPOSE_FILE=${way}/compose.yaml\nCOMPOSE_ENV_FILES=${way}/dock.env\nPORT=${9700 + n}\n`,
    [`${n}/docs/PORTS.md`]: `# Ports\n\nSee [the others](<${way}/PORTS.md>) and ![](${way}/PORTS.md).\n\n| Service | Port |\n| --- | --- |\n| [quay-${n}](${way}/compose.yaml) | ${9700 + n} |\n\n[abroad]: ${way}/PORTS.md\n`,
    [`${n}/portolan.yaml`]: `include: ["**", ${to('**')}]\nexclude: [${to('*')}]\nstacks: [[compose.yaml, ${to('compose.yaml')}]]\nenvironments: { ${to('**')}: test }\n`,
  };
}

/** Has the workspace's own settings name registries in every way. */
export function nameRegistries({ harbour, abroad }: Smuggler, isWanted = (_way: string) => true): void {
  const single = waysTo(abroad)
    .filter(isWanted)
    .map((way) => `${way}/PORTS.md`);
  const several = globsOut.map((way) => `${way}/CHARTS.md`);
  writeAt(harbour, { 'portolan.yaml': `registries: ${JSON.stringify([...single, ...several])}\n` });
}

/** Whether a path lies in a folder, or is a folder on the way to it. */
export function isOnTheWay(path: string, folder: string): boolean {
  for (let at = folder; at !== dirname(at); at = dirname(at)) if (path === at) return true;
  return path === '/' || path.startsWith(`${folder}/`);
}
