import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check, read } from '../../../server/src/core/analyze.ts';
import { type Insertion, ignoreInFile, ignoreOnLine } from '../../../server/src/core/features/ignore.ts';
import type { Finding } from '../../../server/src/core/finding.ts';
import { rules } from '../../../server/src/core/rules/index.ts';
import { defaults, type Settings } from '../../../server/src/core/settings/settings.ts';
import { plain } from '../../support/fixture.ts';
import { filesOf, indexOf } from '../../support/workspace.ts';

const everyRule: Settings = { ...defaults, rules: { 'unused-claim': 'warning' } };

/** The workspaces that the rules' pages show, as drawn and once more with the line breaks of Windows. */
const examples = rules.flatMap(({ id }) => {
  const page = readFileSync(new URL(`../../../docs/rules/${id}.md`, import.meta.url), 'utf8');
  return [...page.matchAll(/^```text(?: before)?\n(.*?)^```$/gms)].flatMap(([, picture], n) => {
    const files = new Map([...filesOf(picture!)].map(([path, text]) => [path, plain(text)]));
    const windows = new Map([...files].map(([path, text]) => [path, text.replaceAll('\n', '\r\n')]));
    // JSON has no comments.
    if (found(files).some(({ path }) => path.endsWith('.json'))) return [];
    return [
      { name: `${id} ${n}`, files },
      { name: `${id} ${n}, CRLF`, files: windows },
    ];
  });
});

type Way = typeof ignoreOnLine;

function found(files: ReadonlyMap<string, string>): Finding[] {
  const index = indexOf(files, everyRule);
  return [...files.keys()].flatMap((path) => check(path, index));
}

function insertion(files: ReadonlyMap<string, string>, finding: Finding, way: Way): Insertion | undefined {
  const file = indexOf(files, everyRule).file(finding.path)!;
  return way(file, files.get(finding.path)!, finding.span.start, finding.rule);
}

function inserted(text: string, { at, text: added }: Insertion): string {
  return text.slice(0, at) + added + text.slice(at);
}

/** What is said of a workspace, each finding with the line on which it stands as people read it. */
function said(files: ReadonlyMap<string, string>): string[] {
  return found(files).map(({ path, rule, span, message }) => {
    const text = files.get(path)!;
    const line = text.slice(text.lastIndexOf('\n', span.start) + 1).split('\n')[0]!;
    return [path, rule, message.replace(/:\d+\)/g, ')'), line.replace(/\s*(?:#.*|<!--.*?-->)/g, '').trim()].join(' | ');
  });
}

describe.each([
  { name: 'on this line', way: ignoreOnLine },
  { name: 'in this file', way: ignoreInFile },
])('ignoring $name', ({ way }) => {
  test.each(examples)('takes the finding away and brings nothing: $name', ({ files }) => {
    for (const finding of found(files)) {
      if (finding.rule === 'unused-suppression') continue;
      const made = insertion(files, finding, way);
      expect(made, `${finding.path} ${finding.rule}`).toBeDefined();
      const after = new Map(files).set(finding.path, inserted(files.get(finding.path)!, made!));
      const line = said(files).filter((other) => !said(after).includes(other));
      expect(line.length).toBeGreaterThan(0);
      for (const gone of line) expect(gone).toContain(`${finding.path} | ${finding.rule} | `);
      expect(said(after).filter((other) => !said(files).includes(other))).toEqual([]);
    }
  });

  test.each(examples)('every finding, one after the other, leaves none: $name', ({ files }) => {
    let texts = files;
    for (let round = 0; round < 20; round++) {
      const [finding] = found(texts).filter(({ rule }) => rule !== 'unused-suppression');
      if (!finding) break;
      texts = new Map(texts).set(finding.path, inserted(texts.get(finding.path)!, insertion(texts, finding, way)!));
    }
    const idle = said(files).filter((line) => line.includes('| unused-suppression |'));
    expect(said(texts)).toHaveLength(idle.length);
  });
});

/** The text after ignoring a rule at the first 9007, or nothing where that cannot be done. */
function ignored(path: string, text: string, way: Way = ignoreOnLine): string | undefined {
  const made = way(read(path, text, true)!, text, text.indexOf('9007'), 'port-mismatch');
  return made && inserted(text, made);
}

describe('a comment changes nothing but what is ignored', () => {
  test('in units, Procfiles and makefiles it is a line of its own', () => {
    const above = '# portolan-ignore-next-line port-mismatch\n';
    expect(ignored('quay.service', '[Service]\nEnvironment=PORT=9007\n')).toBe(
      `[Service]\n${above}Environment=PORT=9007\n`,
    );
    expect(ignored('Procfile', 'quay: serve --port 9007\n')).toBe(`${above}quay: serve --port 9007\n`);
    expect(ignored('Makefile', 'a:\n\tserve --port 9007\n')).toBe(`a:\n\t${above}\tserve --port 9007\n`);
    const goesOn = 'a:\n\tserve \\\n\t  --port 9007\n';
    expect(ignored('Makefile', goesOn)).toBeUndefined();
    expect(ignored('Makefile', goesOn, ignoreInFile)).toBe(`# portolan-ignore-file port-mismatch\n${goesOn}`);
  });

  const services = (ports: string) => `services:\n  crane:\n    image: harbour/crane\n    ports:${ports}`;
  const next = '# portolan-ignore-next-line port-mismatch';

  test('in YAML it stands above, indented alike, where that is no part of a text', () => {
    expect(ignored('compose.yaml', services('\n      - 9007:80\n'))).toBe(
      services(`\n      ${next}\n      - 9007:80\n`),
    );
    expect(ignored('compose.yaml', services(' [9006:80,\n      9007:80]\n'))).toBe(
      services(` [9006:80,\n      ${next}\n      9007:80]\n`),
    );
    const command = '\n      - "80"\n    command: >\n      serve\n      --port 9007\n';
    expect(ignored('compose.yaml', services(command))).toBeUndefined();
    expect(ignored('compose.yaml', services(command), ignoreInFile)).toBe(
      `# portolan-ignore-file port-mismatch\n${services(command)}`,
    );
  });

  test('JSON has none', () => {
    const json = '{\n  "services": {\n    "crane": { "port": 9007 },\n    "winch": { "port": 9008 }\n  }\n}\n';
    expect(ignored('ports.json', json)).toBeUndefined();
    expect(ignored('ports.json', json, ignoreInFile)).toBeUndefined();
  });

  test('in Caddyfiles and TOML it changes nothing else', () => {
    const caddy = ':80 {\n  reverse_proxy quay:9007\n}\n';
    expect(ignored('Caddyfile', caddy)).toBe(caddy.replace('  reverse', `  ${next}\n  reverse`));
    const toml = '[http.services.quay.loadBalancer.servers]\nurl = "http://quay:9007"\n';
    expect(ignored('traefik.toml', toml)).toBe(toml.replace('url', `${next}\nurl`));
  });

  test('in nginx, dotenv files and Dockerfiles it stands above', () => {
    const nginx = 'server {\n\tlocation / { proxy_pass http://crane:9007; }\n}\n';
    expect(ignored('nginx.conf', nginx)).toBe(nginx.replace('\tlo', `\t${next}\n\tlo`));
    expect(ignored('.env', 'A=1\r\nCRANE_PORT=9007')).toBe(`A=1\r\n${next}\r\nCRANE_PORT=9007`);
    const dockerfile = '# syntax=docker/dockerfile:1\nFROM node\nRUN echo 1 \\\n && echo 2\nEXPOSE 9007\n';
    expect(ignored('Dockerfile', dockerfile)).toBe(dockerfile.replace('EXPOSE', `${next}\nEXPOSE`));
    expect(ignored('Dockerfile', dockerfile, ignoreInFile)).toBe(
      dockerfile.replace('FROM', '# portolan-ignore-file port-mismatch\nFROM'),
    );
  });

  test('in markdown it stands within the last cell, behind an item, above a heading, as a comment of a fence', () => {
    const own = '<!-- portolan-ignore port-mismatch -->';
    const table = '# Ports\n\n| Service | Port |\n|---|---|\n| crane | 9007 |\n| winch | 9008 |\n';
    expect(ignored('PORTS.md', table)).toBe(table.replace('9007', `9007 ${own}`));
    expect(ignored('PORTS.md', table, ignoreInFile)).toBe(`<!-- portolan-ignore-file port-mismatch -->\n\n${table}`);
    const open = '# Ports\n\nService | Port\n--- | ---\ncrane | 9007\nwinch | 9008\n';
    expect(ignored('PORTS.md', open)).toBe(open.replace('9007', `9007 ${own}`));
    const list = '# Ports\n\n- crane: 9007  \n  by the quay\n- winch: 9008\n';
    expect(ignored('PORTS.md', list)).toBe(list.replace('9007', `9007 ${own}`));
    const heading = '# Ports\n\n### crane (9007)\n\nLifts.\n\n### winch (9008)\n\nPulls.\n';
    expect(ignored('PORTS.md', heading)).toBe(
      heading.replace('### c', '<!-- portolan-ignore-next-line port-mismatch -->\n### c'),
    );
    const fence = (language: string) =>
      `# Ports\n\n| Service | Port |\n|---|---|\n| winch | 9008 |\n\n\`\`\`${language}\nports:\n  crane: 9007\n  winch: 9008\n\`\`\`\n`;
    expect(ignored('PORTS.md', fence('yaml'))).toBe(
      fence('yaml').replace('9007', '9007 # portolan-ignore port-mismatch'),
    );
    expect(ignored('PORTS.md', fence('text'))).toBeUndefined();
    const matter =
      '---\ntitle: Ports\n---\n# Ports\n\n| Service | Port |\n|---|---|\n| crane | 9007 |\n| winch | 9008 |\n';
    expect(ignored('PORTS.md', matter, ignoreInFile)).toContain('---\n<!-- portolan-ignore-file');
  });

  test('a comment that is there takes one rule more', () => {
    const known = services('\n      # portolan-ignore-next-line former-port: soon\n      - 9007:80\n');
    expect(ignored('compose.yaml', known)).toBe(known.replace('former-port', 'former-port port-mismatch'));
    const whole = `# portolan-ignore-file former-port\n${services('\n      - 9007:80\n')}`;
    expect(ignored('compose.yaml', whole, ignoreInFile)).toBe(
      whole.replace('former-port', 'former-port port-mismatch'),
    );
  });

  test('a registry in YAML keeps its title, groups and notes', () => {
    const text = '# Ports of the harbour\n\nservices:\n  # Cranes\n  crane: 9007 # lifts\n  winch: 9008\n';
    expect(ignored('ports.yaml', text)).toBe(text.replace('  crane', `  ${next}\n  crane`));
    expect(ignored('ports.yaml', text, ignoreInFile)).toBe(`# portolan-ignore-file port-mismatch\n${text}`);
  });
});
