import { describe, expect, test } from 'vitest';
import { commandLine } from '../support/commandLine.ts';
import { folderWith } from '../support/disk.ts';
import { compose, registry } from '../support/harbour.ts';

const portolan = commandLine();
const harbour = { 'PORTS.md': registry, 'compose.yaml': compose };
const clean = { 'PORTS.md': registry, 'compose.yaml': compose.replace('9007', '9006') };

const OPTIONS =
  '--format, --fix, --fix-dry-run, --max-warnings, --quiet, --rule, --since, --baseline, --update-baseline, ' +
  '--prune-baseline, --stdin-file, --explain, --print-config, --allow-remote, --help.';

describe('status', () => {
  test.each([
    ['0 when clean', clean, ['check'], 0],
    ['0 when there is nothing to check', { 'notes.txt': 'nothing' }, ['check'], 0],
    ['1 with an error', harbour, ['check'], 1],
    ['1 with a warning', harbour, ['check', '--rule', 'port-mismatch=warning'], 1],
    [
      '0 with as many warnings as allowed',
      harbour,
      ['check', '--rule=port-mismatch=warning', '--max-warnings', '1'],
      0,
    ],
    ['1 with an error, however many warnings are allowed', harbour, ['check', '--max-warnings', '9'], 1],
    ['0 with mere information', harbour, ['check', '--rule', 'port-mismatch=information'], 0],
    [
      '0 with a rule that is off',
      harbour,
      ['check', '--rule', 'port-mismatch=error', '--rule', 'port-mismatch=off'],
      0,
    ],
    ['0 for help', {}, ['--help'], 0],
    ['0 for the help of a command', {}, ['check', '-h'], 0],
    ['0 for the version', {}, ['--version'], 0],
  ])('%s', (_, files, args, status) => {
    const run = portolan(folderWith(files as Record<string, string>), args);
    expect(run).toMatchObject({ status, err: '' });
  });

  test.each([
    [
      [],
      'Name a command: check, facts, registries, who, next, move, init, audit, export, merge, mcp, completions or man; portolan --help says more.',
    ],
    [
      ['chart'],
      'There is no command chart; use check, facts, registries, who, next, move, init, audit, export, merge, mcp, completions or man.',
    ],
    [
      ['--fix'],
      'There is no option --fix; use check, facts, registries, who, next, move, init, audit, export, merge, mcp, completions or man.',
    ],
    [['check', 'gone'], 'There is no file or folder gone; name one that exists.'],
    [['check', '--fixed'], 'portolan check has no option --fixed; it has ' + OPTIONS],
    [['check', '--constructor'], 'portolan check has no option --constructor; it has ' + OPTIONS],
    [
      ['check', '--format', 'toml'],
      '--format toml is not known; use stylish, compact, json, jsonl, github, sarif, junit, gitlab or rdjson.',
    ],
    [['check', '--format'], '--format needs a value: --format NAME.'],
    [['check', '--format', '--fix'], '--format needs a value: --format NAME.'],
    [['check', '--fix=yes'], '--fix takes no value; leave =yes off.'],
    [['check', '--fix', '--fix-dry-run'], '--fix and --fix-dry-run exclude each other; give one.'],
    [
      ['check', '--max-warnings', 'ten'],
      '--max-warnings ten is not a number of warnings; give a whole number such as 10.',
    ],
    [
      ['check', '--rule', 'port-mismatch'],
      '--rule port-mismatch names no level; use port-mismatch= with error, warning, information, hint or off.',
    ],
    [
      ['check', '--rule', 'port-mismatch=loud'],
      '--rule port-mismatch=loud names no level; use port-mismatch= with error, warning, information, hint or off.',
    ],
    [['check', '/'], '/ is not read, because it is the root of a disk; name a folder in it.'],
    [['facts', '--format', 'json'], '--format json is not known; use jsonl.'],
    [['who'], 'Name a port or a service, such as portolan who 8080.'],
  ])('2 and one sentence for %j', (args, sentence) => {
    expect(portolan(folderWith({}), args)).toEqual({ status: 2, out: '', err: `portolan: ${sentence}\n` });
  });

  test('2 for a rule that does not exist, with those that do', () => {
    const run = portolan(folderWith({}), ['check', '--rule', 'port=off']);
    expect(run).toMatchObject({ status: 2, out: '' });
    expect(run.err).toMatch(/^portolan: --rule port=off names no rule; the rules are port-mismatch, .*\.\n$/);
  });

  test('2 for a portolan.yaml that is broken, wrong or unreadable, wherever it lies', () => {
    const broken = folderWith({ ...harbour, 'portolan.yaml': 'rules: [\n' });
    expect(portolan(broken, ['check'])).toMatchObject({ status: 2, out: '' });
    expect(portolan(broken, ['check']).err).toMatch(/^portolan: portolan\.yaml:\d+:\d+: .*\n$/);

    const wrong = folderWith({ ...harbour, 'apps/portolan.yaml': 'rules:\n  port-mismatch: loud\n' });
    expect(portolan(wrong, ['facts'])).toEqual({
      status: 2,
      out: '',
      err: 'portolan: apps/portolan.yaml:2:18: `rules.port-mismatch` must be one of error, warning, information, hint, off.\n',
    });

    const unreadable = folderWith({ ...harbour, 'portolan.yaml/file': '' });
    expect(portolan(unreadable, ['who', '9006'])).toEqual({
      status: 2,
      out: '',
      err: 'portolan: portolan.yaml cannot be read; make it a text file that you may read, and no link.\n',
    });
  });
});

describe('formats', () => {
  test('stylish', () => {
    expect(portolan(folderWith(harbour), ['check']).out).toMatchInlineSnapshot(`
      "compose.yaml
        5:10  error  billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).  port-mismatch
            - "9007:8000"
               ^^^^

      1 error, 0 warnings in 2 files
      "
    `);
  });

  test('json', () => {
    expect(portolan(folderWith(harbour), ['check', '--format', 'json']).out).toMatchInlineSnapshot(`
      "{
        "version": 1,
        "findings": [
          {
            "file": "compose.yaml",
            "line": 5,
            "column": 10,
            "endLine": 5,
            "endColumn": 14,
            "rule": "port-mismatch",
            "severity": "error",
            "message": "billing-api publishes 9007, but the registry gives it 9006 (PORTS.md:5).",
            "port": 9007,
            "service": "billing-api",
            "expected": [
              9006
            ],
            "registry": "PORTS.md:5",
            "related": [
              {
                "file": "PORTS.md",
                "line": 5,
                "column": 17,
                "message": "Here: billing-api 9006"
              }
            ],
            "fixes": [
              {
                "title": "Use 9006, the port of billing-api",
                "preferred": true,
                "edits": [
                  {
                    "file": "compose.yaml",
                    "line": 5,
                    "column": 10,
                    "endLine": 5,
                    "endColumn": 14,
                    "newText": "9006"
                  }
                ]
              }
            ]
          }
        ],
        "summary": {
          "files": 2,
          "claims": 2,
          "uses": 4,
          "errors": 1,
          "warnings": 0
        }
      }
      "
    `);
  });

  test('jsonl', () => {
    const run = portolan(folderWith(harbour), ['check', '-f', 'jsonl']);
    const { findings } = JSON.parse(portolan(folderWith(harbour), ['check', '--format=json']).out);
    expect(
      run.out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(findings);
    expect(portolan(folderWith(clean), ['check', '-f', 'jsonl']).out).toBe('');
  });

  test('the caret of stylish stands under the port, whatever comes before it', () => {
    const line = (out: string) => out.split('\n').slice(2, 4);
    const inOneLine = (before: string) => `services:\n  billing-api: {${before} ports: ["9007:8000"]}\n`;
    const check = (before: string) =>
      line(portolan(folderWith({ 'PORTS.md': registry, 'compose.yaml': inOneLine(before) }), ['check', '.']).out);
    expect(check(' labels: [🚢],')).toEqual([
      '      billing-api: { labels: [🚢], ports: ["9007:8000"]}',
      '                                            ^^^^',
    ]);
    expect(check('\tlabels: [港],')).toEqual([
      '      billing-api: {\tlabels: [港], ports: ["9007:8000"]}',
      '                    \t                       ^^^^',
    ]);
    expect(check(` labels: [${'x'.repeat(500)}],`)[0]).toContain('"9007:8000"');
    expect(check(' labels: ["\\e[31m\u202e"],')[0]).not.toMatch(/\u202e/);
  });

  test('colours go to those who want them', () => {
    const root = folderWith(harbour);
    const isColourful = (env: Record<string, string>) => portolan(root, ['check'], env).out.includes('\u001b[');
    expect(isColourful({})).toBe(false);
    expect(isColourful({ FORCE_COLOR: '1' })).toBe(true);
    expect(isColourful({ FORCE_COLOR: '0' })).toBe(false);
    expect(isColourful({ NO_COLOR: '1' })).toBe(false);
  });
});

describe('paths', () => {
  const repository = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'docs/PORTS.md': registry,
    'compose.yaml': compose,
    'apps/a/compose.yaml': compose.replace('9007', '9008'),
  };
  const filesOf = (out: string): string[] =>
    [...new Set(JSON.parse(out).findings.map((finding: { file: string }) => finding.file))] as string[];

  test('without one mean the working directory', () => {
    const root = folderWith(repository);
    expect(filesOf(portolan(root, ['check', '-f', 'json']).out)).toEqual(['apps/a/compose.yaml', 'compose.yaml']);
  });

  test('of a file are judged by the workspace around it, and nothing else is reported', () => {
    const root = folderWith(repository);
    const run = portolan(`${root}/apps`, ['check', '-f', 'json', 'a/compose.yaml']);
    expect(filesOf(run.out)).toEqual(['a/compose.yaml']);
    expect(JSON.parse(run.out).summary).toMatchObject({ files: 1, errors: 1 });
    expect(JSON.parse(run.out).findings[0].registry).toBe('../docs/PORTS.md:5');
  });

  test('of a folder are read alone', () => {
    expect(portolan(folderWith(repository), ['check', 'apps'])).toMatchObject({ status: 0 });
  });

  test('may be many, above the working directory, and overlap', () => {
    const root = folderWith(repository);
    const run = portolan(`${root}/apps`, ['check', '-f', 'json', '..', 'a', '../compose.yaml']);
    expect(filesOf(run.out)).toEqual(['a/compose.yaml', '../compose.yaml']);
  });

  test('of a file that holds no ports are told so', () => {
    const root = folderWith({ ...repository, 'notes.txt': 'port 9007' });
    expect(portolan(root, ['check', 'notes.txt'])).toMatchObject({
      status: 0,
      err: 'portolan: notes.txt is not checked, because nothing in it can be read for ports.\n',
    });
  });
});

describe('portolan.yaml', () => {
  test('sets levels for its folder, the command line counts more', () => {
    const root = folderWith({ ...harbour, 'portolan.yaml': 'rules: { port-mismatch: hint }\n' });
    expect(portolan(root, ['check']).status).toBe(0);
    expect(portolan(root, ['check', '--rule', 'port-mismatch=error']).status).toBe(1);
  });

  test('holds from the repository down, the nearest wins', () => {
    const root = folderWith({
      '.git/HEAD': '',
      'portolan.yaml': 'rules: { port-mismatch: off }\n',
      'apps/PORTS.md': registry,
      'apps/compose.yaml': compose,
      'apps/b/portolan.yaml': 'rules: { port-mismatch: warning }\n',
      'apps/b/compose.yaml': compose,
    });
    const { findings } = JSON.parse(portolan(root, ['check', 'apps', '-f', 'json']).out);
    expect(findings).toMatchObject([{ file: 'apps/b/compose.yaml', rule: 'port-mismatch', severity: 'warning' }]);
  });

  test('leaves files out and takes others in again', () => {
    const files = { 'PORTS.md': registry, 'a/compose.yaml': compose, 'b/archive/compose.yaml': compose };
    const config = 'exclude: [a, "!**/?(.|_)archive/**"]\n';
    const { findings } = JSON.parse(
      portolan(folderWith({ ...files, 'portolan.yaml': config }), ['check', '-f', 'json']).out,
    );
    expect(findings).toMatchObject([{ file: 'b/archive/compose.yaml' }]);
  });

  test('can limit what is read', () => {
    const files = { 'PORTS.md': registry, 'a/compose.yaml': compose, 'b/compose.yaml': compose };
    const config = 'include: [PORTS.md, b/**]\n';
    const { summary } = JSON.parse(
      portolan(folderWith({ ...files, 'portolan.yaml': config }), ['check', '-f', 'json']).out,
    );
    expect(summary).toMatchObject({ files: 2, errors: 1 });
  });
});
