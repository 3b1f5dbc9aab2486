import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import type { FileFacts } from '../../../server/src/core/facts.ts';
import type { Place } from '../../../server/src/core/finding.ts';
import { Dependencies } from '../../../server/src/core/model/dependencies.ts';
import { Index } from '../../../server/src/core/model/index.ts';
import { rules } from '../../../server/src/core/rules/index.ts';
import { merge, noSettings, type Settings } from '../../../server/src/core/settings/settings.ts';
import { times } from '../../support/effort.ts';
import { filesOf } from '../../support/workspace.ts';

/** What may stand in each file: several texts, of which one at a time is there, or none. */
const texts = new Map<string, string[]>();
for (const picture of [
  `
  --- PORTS.md
  # Port registry

  | Service | Port | URL |
  | --- | --- | --- |
  | lantern | 9006 | lantern.harbour.test |
  | beacon | 9007 | beacon.harbour.test |
  | tide api | 9008 | /tide |
  | redis | 9036 | |

  --- north/docs/PORTS.md
  # Port registry

  | Service | Port |
  | --- | --- |
  | lantern | 9106 |
  | mole | 9107 |

  --- compose.yaml
  services:
    lantern:
      build: ./lantern
      ports: ["\${LANTERN_PORT:-9016}:\${LANTERN_PORT:-9016}"]
      env_file: lantern/app.env
    beacon:
      image: beacon
      ports: ["9007:9007"]
      environment:
        LANTERN_URL: http://lantern:9016
  --- compose.override.yaml
  services:
    lantern:
      ports: ["9006:9016"]
  --- north/compose.yaml
  include: [../compose.yaml]
  services:
    mole:
      ports: ["9017:80"]
    lantern:
      container_name: north-lantern
      ports: ["9007:9007"]
  --- north/compose.prod.yaml
  services:
    mole:
      extends: { file: ../compose.yaml, service: beacon }
      ports: ["9107:80"]
    redis:
      ports: ["9046:6379"]
  --- south/compose.yaml
  services:
    redis:
      ports: ["9056:6379"]
  --- .env
  LANTERN_PORT=9026
  --- north/.env.example
  MOLE_PORT=9117
  --- lantern/app.env
  PORT=9036
  --- lantern/Dockerfile
  FROM node
  EXPOSE 9016
  CMD ["node", "server.js", "--port", "9016"]
  --- nginx.conf
  include conf.d/*.conf;
  upstream tide { server lantern:9016; }
  --- conf.d/site.conf
  server {
    server_name lantern.harbour.test;
    location / { proxy_pass http://127.0.0.1:9007; }
    location /tide { proxy_pass http://tide; }
  }
  server {
    server_name beacon.harbour.test;
    location / { proxy_pass http://127.0.0.1:9057; }
  }
`,
  `
  --- PORTS.md
  # Port registry

  | Service | Port |
  | --- | --- |
  | beacon | 9016 |
  | lantern | 9026 |
  | lantern-web | 9007 |

  --- north/docs/PORTS.md
  # Port registry

  | Service | Port |
  | --- | --- |
  | beacon | 9017 |

  --- compose.yaml
  services:
    beacon:
      container_name: lantern
      ports: ["9016:9016"]
      environment:
        PORT: 9016
  --- compose.override.yaml
  services:
    tide:
      extends: { file: north/compose.yaml, service: mole }
  --- north/compose.yaml
  services:
    mole:
      build: ../lantern
      ports: ["9006:9016"]
      healthcheck:
        test: curl http://localhost:9018
  --- north/compose.prod.yaml
  services:
    mole:
      env_file: ../lantern/app.env
      environment:
        BEACON_URL: http://beacon:9007
    redis:
      ports: ["9046:6379"]
  --- south/compose.yaml
  services:
    gull:
      ports: ["9057:80"]
  --- .env
  LANTERN_PORT=9006
  BEACON_PORT=9077
  --- north/.env.example
  LANTERN_PORT=9007
  --- lantern/app.env
  PORT=9016
  --- lantern/Dockerfile
  FROM node
  EXPOSE 9018
  CMD ["node", "server.js", "--port", "9018"]
  --- nginx.conf
  upstream tide { server 127.0.0.1:9006; }
  --- conf.d/site.conf
  server {
    server_name beacon.harbour.test;
    location / { proxy_pass http://mole:9018; }
    location /api { proxy_pass http://lantern:9026; }
  }
`,
]) {
  for (const [path, text] of filesOf(picture)) texts.set(path, [...(texts.get(path) ?? []), text, shifted(text)]);
}
const paths = [...texts.keys()];

/** The same text with other ports. */
function shifted(text: string): string {
  return text.replace(/90(\d)6/g, '90$17');
}

const settings: Settings[] = [
  merge(noSettings, { ...noSettings, rules: Object.fromEntries(rules.map(({ id }) => [id, 'warning' as const])) }),
];
settings.push(merge(settings[0]!, { ...noSettings, stacks: [['north/compose.yaml', 'north/compose.prod.yaml']] }));

/** A file gets one of its texts, or goes; or the settings change. */
const steps = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.record({ path: fc.constantFrom(...paths), text: fc.nat(4) }) },
    { weight: 1, arbitrary: fc.record({ settings: fc.constantFrom(...settings) }) },
  ),
  { minLength: 1, maxLength: 20 },
);

test('an index that changes finds what a fresh one would', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const files = new Map<string, FileFacts>();
      const index = new Index(settings[0]!);
      const put = (path: string, text: string | undefined) => {
        const facts = text === undefined ? undefined : read(path, text);
        if (facts) index.put(facts);
        else index.delete(path);
        if (facts) files.set(path, facts);
        else files.delete(path);
      };
      for (const path of paths) put(path, texts.get(path)![0]);
      for (const step of script) {
        if ('settings' in step) index.settings = step.settings;
        else put(step.path, texts.get(step.path)![step.text]);
        const fresh = new Index(index.settings);
        for (const path of paths) if (files.has(path)) fresh.put(files.get(path)!);
        for (const path of paths) expect(check(path, index), path).toEqual(check(path, fresh));
      }
    }),
    { numRuns: times(15, 300) },
  );
});

/** What an editor shows of the findings of a file. */
function shown(path: string, index: Index): unknown {
  const at = ({ path, span }: Place) => {
    const lines = index.file(path)!.lines;
    return [path, lines.position(span.start), lines.position(span.end)];
  };
  return check(path, index).map((finding) => ({
    ...{ rule: finding.rule, severity: finding.severity, message: finding.message, at: at(finding) },
    related: finding.related.map(({ message, ...place }) => [message, at(place)]),
  }));
}

/** Types, takes away or repeats a piece of the text that a file has. */
const edits = fc.record({
  path: fc.constantFrom(...paths),
  text: fc.constantFrom('', '', '7', '\n', ' ', 'x', '| pier-4-crane | 9017 |\n', '9006', 'lantern'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removes: fc.nat(9),
});

test('whose findings a change may change is told', () => {
  const script = fc.array(
    fc.oneof(
      { weight: 6, arbitrary: edits },
      { weight: 2, arbitrary: fc.record({ path: fc.constantFrom(...paths), text: fc.nat(4) }) },
    ),
    { minLength: 1, maxLength: 25 },
  );
  const aliased = merge(settings[1]!, { ...noSettings, aliases: { lantern: ['mole'] } });
  fc.assert(
    fc.property(fc.constantFrom(settings[0]!, aliased), script, (given, steps) => {
      const questions = new Dependencies();
      const index = new Index(given, questions);
      const current = new Map(paths.map((path) => [path, texts.get(path)![0]]));
      const put = (path: string) => {
        const text = current.get(path);
        const facts = text === undefined ? undefined : read(path, text);
        if (facts) index.put(facts);
        else index.delete(path);
      };
      for (const path of paths) put(path);
      const known = new Map(paths.map((path) => [path, questions.findings(path, () => shown(path, index))]));
      questions.takeStale();
      for (const step of steps) {
        const text = current.get(step.path) ?? '';
        if ('at' in step) {
          const at = Math.floor(step.at * text.length);
          current.set(step.path, text.slice(0, at) + step.text + text.slice(at + step.removes));
        } else current.set(step.path, texts.get(step.path)![step.text]);
        put(step.path);
        index.settle();
        for (const path of new Set([step.path, ...questions.takeStale()])) {
          known.set(
            path,
            questions.findings(path, () => shown(path, index)),
          );
        }
        const fresh = new Index(given);
        for (const file of index.files()) fresh.put(file);
        for (const path of paths) expect(known.get(path), path).toEqual(shown(path, fresh));
        for (const path of paths) expect(check(path, index), path).toEqual(check(path, fresh));
      }
    }),
    { numRuns: times(15, 300) },
  );
});

test('the first domain that a registry tells, and the first port inside, make stale what rests on there being none', () => {
  const rows = (url: string, inside: string) =>
    `# Port registry\n\n| Service | Port | Container port | URL |\n| --- | --- | --- | --- |\n| lantern | 8410 | ${inside} | ${url} |\n| lantern web | 8411 | ${inside && '3001'} | |\n`;
  const site = 'server {\n  server_name lantern.harbour.test;\n  location / { proxy_pass http://127.0.0.1:8490; }\n}\n';
  const compose = 'services:\n  lantern:\n    image: lantern\n    ports: ["8410:3000", "8412:3001"]\n';
  const index = new Index(noSettings, new Dependencies());
  const questions = new Dependencies();
  const watched = new Index(noSettings, questions);
  const told = ['nginx.conf', 'compose.yaml'];
  const put = (path: string, text: string) => [index, watched].map((one) => one.put(read(path, text)!));
  put('nginx.conf', site);
  put('compose.yaml', compose);
  put('PORTS.md', rows('', ''));
  const findings = () =>
    told.map((path) => questions.findings(path, () => check(path, watched)).map(({ rule }) => rule));
  const before = findings();
  put('PORTS.md', rows('lantern.harbour.test', '3000'));
  expect([...questions.takeStale()].sort()).toEqual(told.toSorted());
  const after = findings();
  expect(after).not.toEqual(before);
  expect(after).toEqual(told.map((path) => check(path, index).map(({ rule }) => rule)));
  put('PORTS.md', rows('', ''));
  expect([...questions.takeStale()].sort()).toEqual(told.toSorted());
  expect(findings()).toEqual(before);
});
