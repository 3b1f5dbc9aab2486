import type { Claim } from '../facts.ts';
import { type AddressTitle, EVERYONES, FOLDERS, NO_DOMAIN } from '../vocabulary/addresses.ts';
import { stageOf } from '../vocabulary/stages.ts';

/** A text of a registry that tells under which addresses a service is reached, with what stands over it. */
export interface AddressText extends AddressTitle {
  readonly text: string;
}

type Reach = Pick<Claim, 'domains' | 'routes'>;

/** The machine that runs the containers, whichever that is. */
const CONTAINER_HOST = 'host.docker.internal';

/** Longer texts are sentences. */
const MOST = 300;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const ADDRESS = new RegExp(String.raw`^(?:(https?)://)?((?:${LABEL}\.){1,8}[a-z]{2,24})(?::(?:80|443))?(/\S*)?$`);
const LABEL_ONLY = new RegExp(`^${LABEL}$`);

/** One address: a domain, a path, or a path of a domain. */
interface Address {
  readonly domain?: string;
  readonly path?: string;
}

/** The addresses of a service in one environment. Domains with a path are routes: a domain may be shared. */
export function reachOf(texts: readonly AddressText[], environment: string | undefined): Reach {
  if (texts.length === 0) return {};
  const here = stageOf(environment);
  const told = texts.filter(({ stage }) => stage === undefined || here === undefined || stage === here);
  const addresses = told.flatMap(readAddresses);
  const domains = addresses.flatMap(({ domain, path }) => (domain !== undefined && path === undefined ? [domain] : []));
  const routes = addresses.flatMap(({ domain, path }) => (path === undefined ? [] : [{ domain, path }]));
  // A row with both says that the service has only these paths of the domains.
  const isPart = domains.length > 0 && routes.some(({ domain }) => domain === undefined);
  const whole = routes.flatMap(({ domain, path }) =>
    isPart && domain === undefined ? domains.map((other) => other + path) : [(domain ?? '') + path],
  );
  return {
    ...(domains.length > 0 && !isPart && { domains: [...new Set(domains)] }),
    ...(whole.length > 0 && { routes: [...new Set(whole)] }),
  };
}

function readAddresses({ text, over }: AddressText): Address[] {
  if (text.length > MOST) return [];
  const words = text.toLowerCase().match(/[^\s,;|()`"']+/g) ?? [];
  if (over === 'subdomains' && words.length === 1 && LABEL_ONLY.test(words[0]!)) return [{ domain: `${words[0]}.*` }];
  return words.flatMap((word) => (over === 'routes' ? readRoute(word) : readDomain(word)));
}

function readDomain(word: string): Address[] {
  const [, scheme, domain, path = '/'] = ADDRESS.exec(word) ?? [];
  if (domain === undefined || domain === CONTAINER_HOST || (scheme === undefined && NO_DOMAIN.test(domain))) return [];
  if (path === '/') return [{ domain }];
  const route = normalPath(path);
  return route === undefined ? [] : [{ domain, path: route }];
}

function readRoute(word: string): Address[] {
  if (!word.startsWith('/')) return word.includes('://') ? readDomain(word) : [];
  const path = normalPath(word);
  return path === undefined || FOLDERS.test(path) || EVERYONES.test(path) ? [] : [{ path }];
}

/** A path without the slash or the wildcard at its end; `undefined` where it holds a parameter or a pattern. */
export function normalPath(path: string): string | undefined {
  const plain = path.replace(/(?:\/\*{1,2}|\/\.{3}|\/)$/, '') || '/';
  return /^\/[\w./~%@+-]*$/.test(plain) ? plain : undefined;
}
