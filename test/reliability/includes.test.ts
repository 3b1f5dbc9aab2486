import { expect, test } from 'vitest';
import { check, read } from '../../server/src/core/analyze.ts';
import { Index } from '../../server/src/core/model/index.ts';
import { many } from '../support/crowds.ts';
import { isNightly, times } from '../support/effort.ts';
import { growth, isLinear } from '../support/growth.ts';

type Files = Record<string, string>;

const registry = '# Port registry\n\n| Service | Port |\n| --- | --- |\n| crane | 9006 |\n';
const crane = (port: number) => `services:\n  crane:\n    image: example/crane\n    ports: ["${port}:8000"]\n`;
const site = (n: number) => `server { listen ${10_000 + n}; location / { proxy_pass http://crane:8000; } }\n`;
const filesOf = (count: number, file: (n: number) => [path: string, text: string]): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => file(n)));

/** Files that take in so many others. In all of them the crane is published on a wrong port. */
const crowds: Record<string, (count: number) => Files> = {
  'a glob of nginx': (count) => ({
    'compose.yaml': crane(9007),
    'nginx/nginx.conf': 'http { include conf.d/*.conf; }\n',
    ...filesOf(count, (n) => [`nginx/conf.d/${n}.conf`, site(n)]),
  }),
  'files of nginx in a row': (count) => ({
    'compose.yaml': crane(9007),
    ...filesOf(count, (n) => [`nginx/${n}.conf`, `${site(n)}include ${n + 1}.conf;\n`]),
  }),
  'files of nginx in a circle': (count) => ({
    'compose.yaml': crane(9007),
    ...filesOf(count, (n) => [`nginx/${n}.conf`, `${site(n)}include ${(n + 1) % count}.conf;\n`]),
  }),
  'compose files that one includes': (count) => ({
    'compose.yaml': `include:\n${many(count, (n) => `  - piers/${n}/compose.yaml\n`)}${crane(9007)}`,
    ...filesOf(count, (n) => [`piers/${n}/compose.yaml`, `services:\n  pier-${n}:\n    image: example/pier\n`]),
  }),
  'compose files in each other’s way that one includes': (count) => ({
    'compose.yaml': `include:\n${many(count, (n) => `  - piers/${n}/compose.yaml\n`)}${crane(9007)}`,
    ...filesOf(count, (n) => [`piers/${n}/compose.yaml`, `services:\n  pier-${n}:\n    ports: ["80:80"]\n`]),
  }),
  'compose files that include each other in a row': (count) => ({
    'compose.yaml': `include: [0.compose.yaml]\n${crane(9007)}`,
    ...filesOf(count, (n) => [
      `${n}.compose.yaml`,
      `include: [${n + 1}.compose.yaml]\nservices:\n  pier-${n}: {image: a}\n`,
    ]),
  }),
  'compose files that include each other in a circle': (count) => ({
    'compose.yaml': `include: [0.compose.yaml]\n${crane(9007)}`,
    ...filesOf(count, (n) => [
      `${n}.compose.yaml`,
      `include: [${(n + 1) % count}.compose.yaml]\nservices:\n  pier-${n}: {image: a}\n`,
    ]),
  }),
  'services that extend those of other files in a circle': (count) => ({
    'compose.yaml': crane(9007),
    ...filesOf(count, (n) => [
      `${n}.compose.yaml`,
      `services:\n  pier:\n    extends: {file: ${(n + 1) % count}.compose.yaml, service: pier}\n    ports: ["${10_000 + n}:80"]\n`,
    ]),
  }),
  'services that extend one of another file': (count) => ({
    'compose.yaml': crane(9007),
    'base.compose.yaml': 'services:\n  pier:\n    image: example/pier\n    expose: [8000]\n',
    ...filesOf(count, (n) => [
      `${n}/compose.yaml`,
      'services:\n  pier:\n    extends: {file: ../base.compose.yaml, service: pier}\n',
    ]),
  }),
  'environment files of one service': (count) => ({
    'compose.yaml': `${crane(9007)}    env_file:\n${many(count, (n) => `      - ${n}.env\n`)}`,
    ...filesOf(count, (n) => [`${n}.env`, 'PORT=8000\n']),
  }),
  'services with one environment file': (count) => ({
    'compose.yaml': `${crane(9007)}${many(count, (n) => `  pier-${n}:\n    env_file: all.env\n`)}`,
    'all.env': many(count, (n) => `PIER_${n}_PORT=8000\n`),
  }),
  'samples of an environment': (count) => ({
    'compose.yaml': `${crane(9007)}  pier:\n    image: example/pier\n    ports: ["\${PIER_PORT:-10000}:80"]\n`,
    ...filesOf(count, (n) => [`${n}.env.example`, n % 2 === 0 ? `PIER_PORT=${10_000 + n}\n` : 'PORT=8000\n']),
  }),
  'services that are built from one Dockerfile': (count) => ({
    'compose.yaml': `${crane(9007)}${many(count, (n) => `  pier-${n}:\n    build: .\n`)}`,
    Dockerfile: `FROM example/pier\nEXPOSE ${many(count, (n) => `${10_000 + n} `)}\n`,
  }),
};

function indexed(files: Files): { index: Index; paths: string[] } {
  const index = new Index();
  const all = Object.entries({ 'PORTS.md': registry, ...files });
  const facts = all.flatMap(([path, text]) => read(`/harbour/${path}`, text) ?? []);
  for (const file of facts) index.put(file);
  return { index, paths: facts.map(({ path }) => path) };
}

/** Of these a workspace may have any number. */
const common = [
  'a glob of nginx',
  'files of nginx in a row',
  'files of nginx in a circle',
  'compose files that one includes',
  'compose files in each other’s way that one includes',
  'compose files that include each other in a circle',
  'services that extend one of another file',
  'environment files of one service',
  'services with one environment file',
  'samples of an environment',
  'services that are built from one Dockerfile',
];

test.each(Object.entries(crowds))('%s are told right from wrong', { timeout: 60_000 }, (_, crowd) => {
  const { index, paths } = indexed(crowd(times(50, 300)));
  const wrong = paths.flatMap((path) => check(path, index)).filter(({ rule }) => rule === 'port-mismatch');
  expect(wrong.map(({ path, port }) => [path, port])).toEqual([['/harbour/compose.yaml', 9007]]);
});

test.each(common)('%s take as long as there are files', { timeout: isNightly ? 0 : 60_000 }, async (what) => {
  const ratio = await growth(
    (count) => {
      const files = crowds[what]!(count);
      return () => {
        const { index, paths } = indexed(files);
        for (const path of paths) check(path, index);
      };
    },
    times(200, 5000),
  );
  expect(ratio).toSatisfy(isLinear);
});
