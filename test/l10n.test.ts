import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { stringsOf } from './support/strings.ts';

/** The texts of one language: by their keys in the manifest, by their English in the code. */
type Texts = Readonly<Record<string, string>>;

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const textsOf = (path: string): Texts => JSON.parse(read(path));

const sources = readdirSync(join(root, 'client/src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, ...stringsOf(path, read(join('client/src', path))) }));
const english = {
  manifest: textsOf('package.nls.json'),
  client: Object.fromEntries(sources.flatMap(({ messages }) => messages.map((message) => [message, message]))),
};

/** What differs between the keys that there should be and those that there are. */
function differences(wanted: Iterable<string>, found: Iterable<string>) {
  const [should, are] = [new Set(wanted), new Set(found)];
  return {
    missing: [...should].filter((key) => !are.has(key)),
    superfluous: [...are].filter((key) => !should.has(key)),
  };
}

/**
 * What of a text is no word and has to stay: placeholders, code, addresses, commands and icons, line by line, as a link
 * that is alone on its line is a button; and the sign at the end.
 */
function skeleton(text: string) {
  const marks = /\{\d+\}|`[^`]*`|\]\([^)]*\)|\w+:\/\/[^\s)`]+|\$\([\w~-]+\)/g;
  const [end = ''] = /[.…:?。：？]$/u.exec(text.trim()) ?? [];
  return {
    lines: text.split('\n').map((line) => ({
      marks: (line.match(marks) ?? []).sort(),
      isButton: /^\[[^\]]+\]\([^)]+\)$/.test(line),
    })),
    end: { '。': '.', '：': ':', '？': '?' }[end] ?? end,
  };
}

test('each key of the manifest has an English text, and each text is used', () => {
  const keys = [...read('package.json').matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key!);
  expect(differences(keys, Object.keys(english.manifest))).toEqual({ missing: [], superfluous: [] });
});

test.each(sources)('$path says nothing past l10n', ({ untranslated }) => {
  expect(untranslated).toEqual([]);
});

test('a string past l10n is found wherever it is shown', () => {
  const said = stringsOf(
    'said.ts',
    `void window.showInformationMessage(isDone ? 'done' : \`\${count} left\`);
     pick.placeholder = 'which one';
     const item = { label: first ?? 'none', command: 'portolan.move', kind: state === 'done' ? 'a' : 'b' };
     const word = 'Several words';
     l10n.t(word, 'Portolan');
     log.error('It did not start.');
     svg('text', { class: 'port' }, 'free');
     l10n.t('Port {0}', port);`,
  );
  expect(said.messages).toEqual(['Port {0}']);
  expect(said.untranslated).toEqual([
    '1: done',
    '1:  left',
    '2: which one',
    '3: none',
    '4: Several words',
    "5: l10n.t(word, 'Portolan') takes no literal",
    '7: free',
  ]);
});

test('there are the same languages for the manifest and for the code', () => {
  const languages = (folder: string, name: RegExp) =>
    readdirSync(join(root, folder)).flatMap((file) => name.exec(file)?.[1] ?? []);
  expect(languages('.', /^package\.nls\.(.+)\.json$/)).toEqual(['de', 'es', 'pt-br', 'zh-cn']);
  expect(languages('l10n', /^bundle\.l10n\.(.+)\.json$/)).toEqual(['de', 'es', 'pt-br', 'zh-cn']);
  expect(JSON.parse(read('package.json')).l10n).toBe('./l10n');
});

describe.each(['de', 'es', 'pt-br', 'zh-cn'])('%s', (language) => {
  test.each([
    { file: `package.nls.${language}.json`, originals: english.manifest },
    { file: `l10n/bundle.l10n.${language}.json`, originals: english.client },
  ])('$file has every text and no other', ({ file, originals }) => {
    const translations = textsOf(file);
    expect(differences(Object.keys(originals), Object.keys(translations))).toEqual({ missing: [], superfluous: [] });
    for (const [key, original] of Object.entries(originals)) {
      const translation = translations[key]!;
      expect(translation.trim(), key).toBe(translation);
      expect(translation, key).not.toBe('');
      expect(skeleton(translation), key).toEqual(skeleton(original));
    }
  });
});
