import strings from '../../package.nls.json' with { type: 'json' };

const texts: Readonly<Record<string, string>> = strings;

/** The English text of a key of the manifest, such as `%setting.rules%`. */
export function english(key = ''): string {
  return texts[key.replaceAll('%', '')] ?? key;
}
