import { destination } from '../notation/destination.ts';
import { findUrls, type HostPort, parseHostPort } from '../notation/hostPort.ts';
import { UNKNOWN } from '../notation/interpolation.ts';
import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { ownCopy } from '../text.ts';
import { parseStatements, type Statement, type Word } from './caddy/statements.ts';
import { expandWord } from './caddy/variables.ts';
import { Findings } from './container/findings.ts';

/** `Caddyfile`, `Caddyfile.prod`, `harbour.caddyfile`, `sites/harbour.caddy`. */
const NAMES = /^(?:caddyfile(?:[._-].+)?|.+\.(?:caddyfile|caddy))$/i;

/** Programs, documents and copies that are named after a Caddyfile. */
const OTHERS = /(?:\.(?:md|txt|ya?ml|json|toml|sh|py|[cm]?[jt]sx?|go|bak|orig|swp|dockerfile)|~)$/i;

/** Directives whose arguments are addresses to which requests go. */
const SENDING: ReadonlySet<string> = new Set(['reverse_proxy', 'php_fastcgi', 'forward_auth']);

/** Global options that say where Caddy listens: https://caddyserver.com/docs/caddyfile/options */
const LISTENING: ReadonlySet<string> = new Set(['http_port', 'https_port', 'admin']);

/** A site has a domain or a port, which no directive has. */
const ADDRESS = /^(?![@&(])(?:localhost\b|\{\$|.*[.:*])/;

const SITE_PORT = new RegExp(`^(?:[a-z]+://)?[^/,]*?:([\\d${UNKNOWN}]{1,6})(?=[/,]|$)`, 'i');

/** Blocks within blocks are looked into this far. */
const MAX_DEPTH = 50;

/** Reads Caddyfiles: https://caddyserver.com/docs/caddyfile/concepts */
export const caddyfile: Reader = {
  kind: 'caddy',
  globs: ['[Cc]addyfile', '[Cc]addyfile[._-]*', '*.[Cc]addyfile', '*.caddy'].map((name) => `**/${name}`),

  wants(path) {
    const name = basename(path);
    return NAMES.test(name) && !OTHERS.test(name);
  },

  read(text) {
    const found = new Addresses();
    for (const [i, statement] of parseStatements(text).entries()) found.topLevel(statement, i === 0);
    const { uses, problems } = found.findings;
    return { ...nothing, uses, problems };
  },
};

class Addresses {
  readonly findings = new Findings('caddy');

  /** Global options, snippets, sites, and the directives of files that others take into a site. */
  topLevel(statement: Statement, isFirst: boolean): void {
    const { words, block = [] } = statement;
    const [name] = words;
    if (name === undefined) for (const option of block) this.#option(option);
    // Of a single site the braces may be left out.
    else if (ADDRESS.test(name.text) && (isFirst || statement.block)) this.site(words);
    this.directive(statement, 0);
  }

  /** https://caddyserver.com/docs/caddyfile/concepts#addresses */
  site(words: readonly Word[]): void {
    for (const word of words) {
      const text = expandWord(word);
      const [whole, port] = SITE_PORT.exec(text.text) ?? [];
      if (whole === undefined || port === undefined) continue;
      const from = whole.length - port.length;
      this.#listen({ text, host: '', from, to: from + port.length });
    }
  }

  directive({ words, block = [] }: Statement, depth: number): void {
    const [name, ...rest] = words;
    const isSending = SENDING.has(name?.text ?? '');
    if (isSending) this.#upstreams(rest.filter((word, i) => i > 0 || !/^(?:[*/@]|$)/.test(word.text)));
    for (const statement of depth < MAX_DEPTH ? block : []) {
      const [inner, ...addresses] = statement.words;
      if (isSending && inner?.text === 'to') this.#upstreams(addresses);
      else this.directive(statement, depth + 1);
    }
  }

  #option({ words: [name, value] }: Statement): void {
    if (!name || !value || !LISTENING.has(name.text)) return;
    if (name.text === 'admin') this.#each(value, (address) => this.#listen(address, true));
    else {
      const text = expandWord(value);
      this.#listen({ text, host: '', from: 0, to: text.text.length });
    }
  }

  #listen({ text, host, from, to }: Placed, isBound = false): void {
    const port = this.findings.port(text, from, to);
    const address = isBound && host !== '' ? { address: ownCopy(host.replace(/^\[(.*)\]$/, '$1')) } : {};
    this.findings.own({ side: 'host' }, 'listen', port, { side: 'any', ...address });
  }

  /** https://caddyserver.com/docs/caddyfile/directives/reverse_proxy#upstream-addresses */
  #upstreams(words: readonly Word[]): void {
    for (const word of words) {
      this.#each(word, ({ text, host, from, to }) => {
        const port = this.findings.port(text, from, to);
        if (port) this.findings.uses.push({ kind: 'use', role: 'proxy', form: 'caddy', ...port, ...destination(host) });
      });
    }
  }

  /** Hands on the address in a word, if a port stands in it. */
  #each(word: Word, take: (address: Placed) => void): void {
    const text = expandWord(word);
    const address = text.text.includes('://') ? findUrls(text.text)[0] : parseHostPort(text.text.split('/', 1)[0]!);
    if (address) take({ ...address, text });
  }
}

interface Placed extends HostPort {
  readonly text: ReturnType<typeof expandWord>;
}
