import { remembered } from '../remembered.ts';
import { wholePhrase } from './phrases.ts';
import { stageOf } from './stages.ts';

/** The headers and keys over the domains under which a service is reached. */
const DOMAIN = wholePhrase([
  'domain',
  'domains',
  'domain name',
  'domain alias',
  'domain aliases',
  'public domain',
  'external domain',
  'fqdn',
  'vhost',
  'virtual host',
  'url',
  'urls',
  'public url',
  'external url',
  'web url',
  'access url',
  'url pública',
  'url público',
  'url pubblico',
  'url pubblica',
  'url publique',
  'url externa',
  'url externo',
  'url esterno',
  'url externe',
  'öffentliche url',
  'externe url',
  'öffentliche adresse',
  'публичный url',
  'внешний url',
  '公开 url',
  '公開 url',
  '外部 url',
  '访问 url',
  '공개 url',
  '외부 url',
  'domínio',
  'dominio',
  'domaine',
  'домен',
  '域名',
  '網域',
  'ドメイン',
  '도메인',
  'tên miền',
]);

/** The headers and keys over the first label of a domain, or over a whole one. */
const SUBDOMAIN = wholePhrase(['subdomain', 'subdomains', 'sub domain', 'subdomínio', 'subdominio', '子域名']);

/** The headers and keys over the paths under which a proxy reaches a service. */
const ROUTE = wholePhrase([
  'route',
  'routes',
  'route prefix',
  'path',
  'paths',
  'path prefix',
  'url path',
  'url prefix',
  'prefix',
  'location',
  'nginx location',
  'nginx path',
  'nginx route',
  'proxy path',
  'proxy route',
  'proxy location',
  'gateway path',
  'gateway route',
  'public path',
  'ruta',
  'rota',
  'маршрут',
  '路由',
  'ルート',
  '라우트',
]);

const MEANINGS = [
  ['domains', DOMAIN],
  ['subdomains', SUBDOMAIN],
  ['routes', ROUTE],
] as const;

/** What a header or key announces; a stage where it limits itself to one: `prod domain`, `domain_staging`. */
export interface AddressTitle {
  readonly over: 'domains' | 'subdomains' | 'routes';
  readonly stage?: string;
}

/** What a header or the words of a key say of the addresses below them. */
export const addressTitle = remembered((title): AddressTitle | undefined => {
  const stage = stageOf(title);
  const words = title.trim().split(/[\s_-]+/);
  const rest = words.filter((word) => stage === undefined || stageOf(word) === undefined).join(' ');
  const over = MEANINGS.find(([, pattern]) => pattern.test(rest))?.[0];
  return over && { over, ...(stage !== undefined && { stage }) };
});

/** Endings of files that look like top-level domains. */
export const NO_DOMAIN = /\.(?:md|mdx|ya?ml|json|toml|conf|env|sh|py|[cm]?[jt]sx?)$/;

/** Where file systems begin: paths below are folders and no routes. */
export const FOLDERS =
  /^\/(?:bin|boot|data|dev|etc|home|media|mnt|opt|proc|root|run|srv|sys|tmp|users|usr|var|volumes?)(?:\/|$)/i;

/** Pages that every service has: one of them is no way to tell which service is meant. */
export const EVERYONES =
  /^\/(?:health\w*|livez?|liveness|readyz?|readiness|ping|status|metrics|version|docs|swagger\S*|openapi\S*|graphql|ws|socket\.io|static|assets|favicon\.ico)$/;
