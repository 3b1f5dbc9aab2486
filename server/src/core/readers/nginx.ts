import { basename } from '../path.ts';
import { nothing, type Reader } from '../reader.ts';
import { readRoutes } from './nginx/routes.ts';
import { parseDirectives } from './nginx/tree.ts';
import { UseCollector } from './nginx/uses.ts';
import { Variables } from './nginx/variables.ts';

/** `nginx.conf`, `site.conf.template`, `default.nginx`: many of these are other programs' files, which `read` finds out. */
const NAMES = /(?:\.conf(?:\.(?:j2|tpl|tmpl|example|sample|dist|dev|prod))?|\.(?:stream-)?template|\.nginx)$/i;

/** Folders in which any file may be a site, such as `sites-enabled/example.com`. */
const FOLDERS = /(?:^|\/)(?:sites-available|sites-enabled|conf\.d)\/[^/]+$/;

/** Files that are something else, wherever they lie. */
const OTHERS =
  /(?:^\.?env[._-]|\.env\.|\.(?:md|txt|ya?ml|json|xml|html?|ini|toml|sh|py|rb|php|[cm]?[jt]s)(?:\.template)?$)/i;

/**
 * The shapes that tell nginx from the other formats that use such names: a directive of its own with its semicolon, or
 * one of its blocks in a text whose lines end in semicolons. Each begins a line or follows a mark, and none can match
 * the same text in two ways.
 */
const PASS = /(?:^|[;{}])[ \t]*(?:proxy|grpc|fastcgi|uwsgi|scgi|memcached)_pass[ \t]+[^\s;]/m;
const LISTEN = /(?:^|[;{}])[ \t]*listen[ \t]+[^\s;={}][^;\n\r\u2028\u2029]*;/m;
const BLOCK =
  /(?:^|[;{}])[ \t]*(?:(?:server|http|stream)[ \t]*\{|(?:upstream|location|map|geo)[ \t]+[^\s;{}][^;{}\n\r\u2028\u2029]*\{)/m;
const SEMICOLON = /;[ \t\r]*(?:[#}]|$)/m;

function isNginx(text: string): boolean {
  return PASS.test(text) || LISTEN.test(text) || (BLOCK.test(text) && SEMICOLON.test(text));
}

/** Reads nginx configuration files, fragments of them without `http {}`, and templates for `envsubst`. */
export const nginx: Reader = {
  kind: 'nginx',
  globs: [
    '**/*.conf',
    '**/*.conf.*',
    '**/*.template',
    '**/*.*-template',
    '**/*.nginx',
    '**/{sites-available,sites-enabled,conf.d}/*',
  ],

  wants(path) {
    const name = basename(path);
    return (NAMES.test(name) || FOLDERS.test(path)) && !OTHERS.test(name);
  },

  read(text, path) {
    if (!isNginx(text)) return undefined;
    const directives = parseDirectives(text);
    const variables = new Variables(directives);
    const { uses, problems } = new UseCollector(directives, variables, /[.-]template$/i.test(path));
    return { ...nothing, uses, problems, nginx: readRoutes(directives, variables) };
  },
};
