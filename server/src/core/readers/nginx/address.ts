/** A piece of the text with its place. */
export interface Written {
  readonly text: string;
  readonly start: number;
}

/** An address that traffic is sent to. The port is digits or one variable. */
interface Target {
  readonly host: string;
  readonly hostStart: number;
  readonly port?: Written;
}

/** A port, or a range of ports, that is listened on. */
interface Listen {
  readonly host?: string;
  readonly port: Written;
}

/** `${a}` may hold a colon; each alternative starts with another character, so there is one way to match. */
const HOST = String.raw`\[[^\]\s/]*\]|(?:\$\{[^}\s]*\}|\$(?!\{)|[^\s:/?#[\]$])+`;
const PORT = String.raw`\d+|\$\{[^}\s]*\}|\$\w+`;

/** What may follow an address. Of variables only those that hold a path: `http://app:808$slot` has no port to read. */
const REST = String.raw`$|[/?#]|\$\{?(?:request_uri|uri|document_uri|is_args|args|\d)\b`;

const TARGET = new RegExp(String.raw`^(?:(?:\$\{\w+\}|\$?[A-Za-z][\w+.-]*)://)?(${HOST})(?::(${PORT}))?(?=${REST})`);
const LEADING = new RegExp(String.raw`^\$(?:(\w+)|\{(\w+)\})(?=${REST})`);
const VARIABLE = /^\$(?:(\w+)|\{(\w+)\})$/;
const LISTEN = new RegExp(String.raw`^(?:(${HOST}):)?(\d+-\d+|${PORT})$`);

/**
 * The address in the value of a `*_pass` or of an upstream's `server`: `http://api:8000/path`, `api:8000`, `[::1]:80`.
 * `undefined` for unix sockets and for whatever is no address.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_pass
 */
export function parseTarget({ text, start }: Written): Target | undefined {
  const match = TARGET.exec(text);
  if (match === null || match[1] === 'unix') return undefined;
  const [whole, host, port] = match;
  const end = start + whole.length;
  const hostStart = end - (port ? port.length + 1 : 0) - host!.length;
  if (!port) return { host: host!, hostStart };
  return { host: host!, hostStart, port: { text: port, start: end - port.length } };
}

/**
 * The address in the first argument of `listen`, if a port or a range of ports stands in it.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#listen
 */
export function parseListen({ text, start }: Written): Listen | undefined {
  const match = LISTEN.exec(text);
  if (match === null) return undefined;
  const [, host, port] = match;
  return { ...(host && { host }), port: { text: port!, start: start + text.length - port!.length } };
}

/** The variable that holds a whole address, in `$up` and `$up$request_uri`, by name. */
export function addressVariable(host: string): string | undefined {
  return host.startsWith('$') ? LEADING.exec(host)?.slice(1).find(Boolean) : undefined;
}

/** The name in `$name` or `${name}`; `undefined` where anything else stands. */
export function variableName(text: string): string | undefined {
  return text.startsWith('$') ? VARIABLE.exec(text)?.slice(1).find(Boolean) : undefined;
}

/** The name of a variable that is filled in before nginx reads the file: by custom, those of the environment are upper case. */
export function environmentName(text: string): string | undefined {
  const name = variableName(text);
  return name !== undefined && /^[A-Z][A-Z0-9_]*$/.test(name) ? name : undefined;
}
