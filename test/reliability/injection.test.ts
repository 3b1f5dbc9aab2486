import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import { run } from '../../server/src/cli/run.ts';
import { check, read } from '../../server/src/core/analyze.ts';
import { draft } from '../../server/src/core/features/draft.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import type { Index } from '../../server/src/core/model/index.ts';
import { folderWith } from '../support/disk.ts';
import { startEditor } from '../support/editor.ts';
import { times } from '../support/effort.ts';
import { hostileName, hostileNames, manned, quoted, STEERING } from '../support/mutiny.ts';
import { reports } from '../support/reports.ts';
import { applied, indexOf } from '../support/workspace.ts';

/** Names of services, files and notes are text wherever they are shown, and nothing else. */

const markdown = new MarkdownIt({ html: true, linkify: true });
markdown.linkify.set({ fuzzyLink: false });

/** The hovers over all ports, services and titles of a workspace. */
function hoversOf(index: Index): string[] {
  return [...index.files()].flatMap((file) => {
    const spans = [...file.claims, ...file.uses, ...file.services].map(({ span }) => span);
    const all = file.document?.titleSpan ? [...spans, file.document.titleSpan] : spans;
    return all.flatMap(({ start }) => hover(index, file.path, start, () => 'file:///own#L1')?.markdown ?? []);
  });
}

/** What a renderer makes of Markdown, other than text, our own links and the marks that we set ourselves. */
function madeOf(text: string): string[] {
  const made = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const links = made.filter(({ type, attrs }) => type === 'link_open' && attrs?.[0]?.[1] !== 'file:///own#L1');
  const others = made.map(({ type }) => type).filter((type) => !OURS.test(type));
  // https://github.github.com/gfm/#extended-www-autolink
  const bare = text.match(/(?<![^\s*_~(])www\./gi) ?? [];
  return [...links.map(({ attrs }) => String(attrs)), ...others, ...bare];
}

const OURS = /^(?:inline|text|softbreak|(?:paragraph|strong|bullet_list|list_item|link)_(?:open|close))$/;

const effort = { numRuns: times(100, 20_000) };

describe('in hovers', () => {
  const expectText = (name: string) => {
    const hovers = hoversOf(indexOf(manned(name)));
    expect(hovers.length).toBeGreaterThan(5);
    for (const text of hovers) {
      expect(madeOf(text), text).toEqual([]);
      expect(text.replaceAll('\n', '')).not.toMatch(STEERING);
    }
  };
  test.each(hostileNames)('%j is text', expectText);
  test('every other name is text', () => fc.assert(fc.property(hostileName, expectText), effort));
});

describe('in findings and their fixes', () => {
  const expectLines = (name: string) => {
    const files = manned(name);
    const index = indexOf(files);
    for (const path of files.keys()) {
      for (const { message, related, fixes } of check(path, index)) {
        for (const text of [message, ...related.map((one) => one.message), ...fixes.map(({ title }) => title)]) {
          expect(text).not.toMatch(STEERING);
        }
      }
    }
  };
  test.each(hostileNames)('%j is on one line', expectLines);
  test('every other name is on one line', () => fc.assert(fc.property(hostileName, expectLines), effort));
});

describe('in files that are written', () => {
  /** Two services whose ports no registry mentions, one with a name that is more than a name. */
  const files = (name: string) =>
    new Map([
      [
        'PORTS.md',
        '# Ports\n\n| Port | Service | Container |\n| --- | --- | --- |\n| 9700 | pier | pier |\n| 9710 | mole | mole |\n',
      ],
      [
        'compose.yaml',
        `services:\n  ${quoted(name)}:\n    ports: ["9705:80"]\n  lock:\n    container_name: ${quoted(name)}\n    ports: ["9706:80"]\n`,
      ],
    ]);
  const rowsOf = (text: string) => read('PORTS.md', text)!.claims.map(({ port, service }) => `${port} ${service}`);

  test('a row is offered for what compose takes for a name, and for nothing else', () => {
    fc.assert(
      fc.property(hostileName, (name) => {
        const given = files(name);
        const fixes = check('compose.yaml', indexOf(given)).flatMap((finding) => finding.fixes);
        for (const { edits } of fixes) {
          const added = rowsOf(applied(given, edits).get('PORTS.md')!).filter((row) => !/^97[01]0 /.test(row));
          expect(added).toEqual([expect.stringMatching(/^970[56] /)]);
          expect(edits.map(({ newText }) => newText.trim())).not.toContainEqual(expect.stringMatching(/[\n[\]<>`]/));
        }
      }),
      effort,
    );
    expect(check('compose.yaml', indexOf(files('quay_1.web-api'))).flatMap(({ fixes }) => fixes)).toHaveLength(2);
    expect(check('compose.yaml', indexOf(files('quay |\n| x'))).flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  test('a draft holds names as code, and nothing that they say', () => {
    const expectCode = (name: string) => {
      const text = draft(indexOf(manned(name)), '') ?? '';
      const made = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])]);
      expect(
        made.map(({ type }) => type).filter((type) => /^(?:html|image|link|fence|code_block|hr)/.test(type)),
      ).toEqual([]);
      const ports = read('PORT_REGISTRY.md', text)?.claims.map(({ port }) => port) ?? [];
      expect(ports.filter((port) => ![9613, 9621, 9634, 9660].includes(port))).toEqual([]);
      expect(text.replaceAll('\n', '')).not.toMatch(STEERING);
    };
    for (const name of hostileNames) expectCode(name);
    fc.assert(fc.property(hostileName, expectCode), effort);
  });
});

describe('in what the server answers', () => {
  test.each(hostileNames.slice(0, times(12, hostileNames.length)))('%j is no markup and no command', async (name) => {
    const files = manned(name);
    const root = folderWith(Object.fromEntries(files));
    const settings = { codeLens: { enabled: true }, inlayHints: { enabled: true } };
    const editor = await startEditor({ folders: [root], settings });
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const answers: unknown[] = [];
    for (const [path, text] of files) {
      const full = `${root}/${path}`;
      await editor.open(full, text);
      for (const method of ['documentSymbol', 'codeLens', 'documentLink']) answers.push(await editor.ask(method, full));
      answers.push(await editor.ask('inlayHint', full, { range: whole }), await editor.codeActions(full, whole));
      for (const [, digits = ''] of text.matchAll(/(96\d\d)/g)) answers.push(await editor.complete(full, digits));
      answers.push(editor.diagnostics(full));
    }
    for (const method of ['workspace/symbol', 'portolan/overview', 'portolan/services']) {
      answers.push(await editor.connection.sendRequest(method, { query: '96' }));
    }
    const parts = partsOf(answers);
    expect(parts.length).toBeGreaterThan(100);
    expect(parts.filter((part) => 'kind' in part && part.kind === 'markdown')).toEqual([]);
    const commands = parts.flatMap((part) =>
      'command' in part && typeof part.command === 'string' ? part.command : [],
    );
    expect(new Set(commands)).toEqual(new Set(['']));
    const links = parts.flatMap((part) => ('target' in part ? String(part.target) : []));
    expect(links.filter((link) => !link.startsWith('file:///'))).toEqual([]);
  });
});

/** All objects in an answer. */
function partsOf(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(partsOf)];
}

const commands = [...reports, ['move', 'mole', '9641'], ['who', '9613'], ['who', 'quay-api']];

/** What a command prints in a folder, and what it says beside that. */
async function printed(cwd: string, args: readonly string[]): Promise<{ out: string; told: string[] }> {
  const texts: string[] = [];
  const told: string[] = [];
  const [out, tell] = [
    (text: string | Uint8Array) => void texts.push(String(text)),
    (sentence: string) => void told.push(sentence),
  ];
  const status = await run(args, { cwd, input: () => '', out, tell, style: (_, text) => text });
  expect(
    told.filter((sentence) => sentence.includes('fault')),
    `${args} ${status}`,
  ).toEqual([]);
  return { out: texts.join(''), told };
}

describe('on the command line', () => {
  const expectPlain = async (name: string) => {
    const root = folderWith(Object.fromEntries(manned(name)));
    for (const args of commands) {
      const { out } = await printed(root, args);
      const lines = out.split('\n');
      for (const line of lines) expect(line, args.join(' ')).not.toMatch(STEERING);
      // What a runner of GitHub would take for its own.
      const own = args.includes('github') ? /^::(error|warning|notice) file=[^:]*::/ : /^(?!\s*::)/;
      for (const line of lines) if (line !== '') expect(line).toMatch(own);
      expect(out).not.toContain('##[');
    }
  };
  test('every command has something to print', async () => {
    const root = folderWith(Object.fromEntries(manned('quay')));
    for (const args of commands) expect((await printed(root, args)).out, args.join(' ')).not.toBe('');
  });
  test.each(hostileNames)('%j steers no terminal and no runner', expectPlain);
});
