import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IRawGrammar } from 'vscode-textmate';
import manifest from '../../package.json' with { type: 'json' };
import { LineMap, type Span } from '../../server/src/core/text.ts';

/** A stretch of a text with the innermost scope that it has. */
export interface Scoped {
  readonly span: Span;
  readonly scope: string;
}

type Rule = Record<string, unknown>;

const table: Rule = {
  name: 'markup.table.markdown',
  begin: '^\\|',
  while: '^(?=\\|)',
  patterns: [
    { match: '\\|' },
    { match: '(?<=\\|)\\s*(?=\\S)([^|]+)(?<=\\S)\\s*(?=\\|)', captures: { 1: { patterns: [] } } },
  ],
};

/**
 * Grammars of languages in small: what they have of tables, comments and strings. They stand in for those of VS Code,
 * with which they share how far each of their matches reaches.
 */
const hosts: Readonly<Record<string, readonly Rule[]>> = {
  'text.html.markdown': [
    table,
    { name: 'comment.block.html', begin: '(^|\\G)\\s*(<!--)', end: '-->' },
    { name: 'markup.inline.raw.string.markdown', match: '`[^`]*`' },
  ],
  'source.yaml': [
    { name: 'comment.line.number-sign.yaml', begin: '(?<=[ \\t]|^)#', end: '$' },
    { name: 'string.quoted.double.yaml', match: '"[^"]*"' },
  ],
  'source.dockerfile': [
    { match: '^\\s*(EXPOSE)\\s' },
    { match: '^(\\s*)((#).*$\\n?)', captures: { 2: { name: 'comment.line.number-sign.dockerfile' } } },
  ],
  'source.shell': [{ match: '(?:^|[ \\t]++)(#.*)', captures: { 1: { name: 'comment.line.number-sign.shell' } } }],
  'source.nginx': [{ name: 'comment.line.number-sign.nginx', match: '\\s*#.*' }],
};

const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));

/** The grammars that the extension contributes, among small ones of the languages into which they are injected. */
const registry = new textmate.Registry({
  onigLib: oniguruma.loadWASM(wasm).then(() => ({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  })),
  async loadGrammar(scopeName): Promise<IRawGrammar | null> {
    const path = manifest.contributes.grammars.find((grammar) => grammar.scopeName === scopeName)?.path;
    if (path !== undefined) {
      const file = new URL(`../../${path}`, import.meta.url);
      return textmate.parseRawGrammar(readFileSync(file, 'utf8'), file.pathname);
    }
    const host = JSON.stringify({ scopeName, patterns: hosts[scopeName] });
    return textmate.parseRawGrammar(host, `${scopeName}.json`);
  },
  getInjections: (scopeName) =>
    manifest.contributes.grammars
      .filter(({ injectTo }) => injectTo.includes(scopeName))
      .map((grammar) => grammar.scopeName),
});

/** What the extension's grammars mark in a text of a language, such as `source.yaml`. */
export async function scopesIn(language: string, text: string): Promise<Scoped[]> {
  const grammar = (await registry.loadGrammar(language))!;
  const lines = new LineMap(text);
  let stack = textmate.INITIAL;
  return text.split(/\r\n?|\n/).flatMap((line, number) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    const start = lines.lineStart(number);
    return tokens
      .map(({ startIndex, endIndex, scopes }) => ({
        span: { start: start + startIndex, end: start + Math.min(endIndex, line.length) },
        scope: scopes.at(-1)!,
      }))
      .filter(({ scope }) => scope.endsWith('.portolan'));
  });
}
